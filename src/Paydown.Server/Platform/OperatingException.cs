namespace Paydown.Server.Platform;

/// <summary>
/// A problem that the operator can solve, such as a port in use or a missing program. The message is shown without a
/// stack trace, and the command exits with code 1. It is not for bugs, nor for what a customer may not do.
/// </summary>
public sealed class OperatingException(string message, Exception? innerException = null)
    : Exception(message, innerException);

namespace Paydown.Server.Platform;

/// <summary>
/// A trouble that is the operator's to mend (a port in use, a program missing). It is said in plain words, without a
/// stack trace, and ends the command with exit code 1. It is not for bugs, nor for what a customer may not do.
/// </summary>
public sealed class OperatingException(string message, Exception? innerException = null)
    : Exception(message, innerException);

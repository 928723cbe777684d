using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Paydown.Server.Platform;

/// <summary>
/// A condition that only a bug in this program can break, and after which its state cannot be trusted. It is checked in
/// release builds too. It is not for anything that a caller, a file or the database can cause.
/// </summary>
internal static class Invariant
{
    /// <summary>
    /// Ends the process if the condition is false. What is not committed is rolled back; callers repeat their requests
    /// with the same idempotency keys.
    /// </summary>
    [StackTraceHidden]
    public static void Holds(bool condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition)
            Environment.FailFast($"An invariant of Paydown does not hold: {text}");
    }
}

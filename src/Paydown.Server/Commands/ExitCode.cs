namespace Paydown.Server.Commands;

/// <summary>The exit codes of <c>paydown</c>; 0 is success. <see cref="Simulate"/> has more.</summary>
internal static class ExitCode
{
    /// <summary>What they mean, for the help.</summary>
    public const string Usual = "0 success, 1 failure, 2 wrong command line or setting, 130 interrupted";

    /// <summary>The verb failed. The error stream says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, and nothing was done.</summary>
    public const int Misused = 2;

    /// <summary>An audit could not run. Its 1 means that the books are wrong.</summary>
    public const int NotAudited = 2;

    /// <summary>Interrupted by the operator.</summary>
    public const int Interrupted = 130;
}

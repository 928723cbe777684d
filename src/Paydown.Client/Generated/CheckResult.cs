namespace Paydown.Client;

/// <summary>The result of a check.</summary>
public sealed partial record CheckResult
{
    /// <summary>Which one.</summary>
    public required AutomatedCheck Check { get; init; }

    /// <summary>False rejects the application.</summary>
    public required bool Passed { get; init; }

    /// <summary>What was found, for people; shown to the customer if the check failed.</summary>
    public required string Reason { get; init; }
}

namespace Paydown.Client;

/// <summary>What came of a check.</summary>
public sealed partial record CheckResult
{
    /// <summary>Which one.</summary>
    public required AutomatedCheck Check { get; init; }

    /// <summary>False rejects the application.</summary>
    public required bool Passed { get; init; }

    /// <summary>What was found, for people; the customer is shown it where it failed.</summary>
    public required string Reason { get; init; }
}

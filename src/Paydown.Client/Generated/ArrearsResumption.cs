namespace Paydown.Client;

/// <summary>The early end of days that do not count as past due.</summary>
public sealed partial record ArrearsResumption
{
    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}

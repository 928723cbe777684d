namespace Paydown.Client;

/// <summary>The charge-off of a loan.</summary>
public sealed partial record ChargingOff
{
    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}

namespace Paydown.Client;

/// <summary>The undoing of a loan's last payout.</summary>
public sealed partial record PayoutUndoing
{
    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}

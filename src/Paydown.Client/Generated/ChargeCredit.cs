namespace Paydown.Client;

/// <summary>An amount to credit back for a charge.</summary>
public sealed partial record ChargeCredit
{
    /// <summary>At most the charge, less what was waived and credited of it. Null: all of that.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}

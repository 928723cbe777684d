namespace Paydown.Client;

/// <summary>An amount to pay in the customer's place.</summary>
public sealed partial record InterestCredit
{
    /// <summary>More than 0 and at most what closes the loan.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}

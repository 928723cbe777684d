namespace Paydown.Client;

/// <summary>The termination of a contract.</summary>
public sealed partial record ContractTermination
{
    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}

namespace Paydown.Client;

/// <summary>Days that are not to count as past due.</summary>
public sealed partial record ArrearsPause
{
    /// <summary>The first day that does not count.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last one.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}

namespace Paydown.Client;

/// <summary>Days without interest.</summary>
public sealed partial record InterestPause
{
    /// <summary>The first day without interest.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last one.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }

    /// <summary>True to see the schedule before and after without changing anything. Null: false.</summary>
    public bool? DryRun { get; init; }
}

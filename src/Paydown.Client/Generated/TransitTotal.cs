namespace Paydown.Client;

/// <summary>The items in transit of one kind.</summary>
public sealed partial record TransitTotal
{
    /// <summary>Who has them.</summary>
    public required TransitSide Side { get; init; }

    /// <summary>What they are.</summary>
    public required TransitKind Kind { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>Their sum, positive for money in.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day of the oldest.</summary>
    public required DateOnly OldestOn { get; init; }
}

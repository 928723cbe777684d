namespace Paydown.Client;

/// <summary>How a collection that waits is to be booked.</summary>
public sealed partial record CollectionDecision
{
    /// <summary>The loan account to book it on. Null: the one that the line names.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>What the collector keeps. Null: as the line states it, else as agreed.</summary>
    public decimal? Commission { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

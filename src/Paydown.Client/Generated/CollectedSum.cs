namespace Paydown.Client;

/// <summary>Collections, summed up.</summary>
public sealed partial record CollectedSum
{
    /// <summary>Their number.</summary>
    public required int Count { get; init; }

    /// <summary>What borrowers paid.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What the collector keeps of it.</summary>
    public required decimal Commission { get; init; }
}

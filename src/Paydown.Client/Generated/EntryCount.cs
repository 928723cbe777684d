namespace Paydown.Client;

/// <summary>The entries in one state.</summary>
public sealed partial record EntryCount
{
    /// <summary>The state.</summary>
    public required EntryState State { get; init; }

    /// <summary>The number of entries.</summary>
    public required int Count { get; init; }

    /// <summary>Their sum; money out is subtracted.</summary>
    public required decimal Amount { get; init; }
}

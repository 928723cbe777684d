namespace Paydown.Client;

/// <summary>A bank entry that is the remittance of a collector.</summary>
public sealed partial record CollectorRemittance
{
    /// <summary>The bank entry.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>The file whose money it is; null: of the collector's oldest files.</summary>
    public required Guid? FileId { get; init; }

    /// <summary>Positive for money from the collector, negative for money back to it.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The value date.</summary>
    public required DateOnly RemittedOn { get; init; }
}

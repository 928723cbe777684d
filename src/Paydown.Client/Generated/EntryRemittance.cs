namespace Paydown.Client;

/// <summary>The remittance of a collector.</summary>
public sealed partial record EntryRemittance
{
    /// <summary>The collector.</summary>
    public required Guid CollectorId { get; init; }

    /// <summary>Its name.</summary>
    public required string CollectorName { get; init; }

    /// <summary>The file whose money it is; null: of the collector's oldest files.</summary>
    public required Guid? FileId { get; init; }
}

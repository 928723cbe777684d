namespace Paydown.Client;

/// <summary>A file of a collector, and whether its money has arrived.</summary>
public sealed partial record CollectorFile
{
    /// <summary>The file's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What the transfer of its money carries; null if unknown.</summary>
    public required string? RemittanceReference { get; init; }

    /// <summary>Its lines.</summary>
    public required int LineCount { get; init; }

    /// <summary>The collections that it added; the other lines came in earlier files.</summary>
    public required int CollectionCount { get; init; }

    /// <summary>What borrowers paid by those that are booked.</summary>
    public required decimal Collected { get; init; }

    /// <summary>What the collector keeps of it.</summary>
    public required decimal Commission { get; init; }

    /// <summary>The rest, which the collector must remit.</summary>
    public required decimal Due { get; init; }

    /// <summary>
    /// What has arrived: remittances of this file, then what other remittances leave after the older files.
    /// </summary>
    public required decimal Remitted { get; init; }

    /// <summary>What is missing; negative if more has arrived.</summary>
    public required decimal Owed { get; init; }

    /// <summary>True if nothing is missing.</summary>
    public required bool IsRemitted { get; init; }

    /// <summary>Its collections that wait for a decision.</summary>
    public required int WaitingCount { get; init; }

    /// <summary>What borrowers paid by them.</summary>
    public required decimal WaitingAmount { get; init; }

    /// <summary>When it was imported.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

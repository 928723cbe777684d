namespace Paydown.Client;

/// <summary>The result of a collector's file.</summary>
public sealed partial record ImportedCollections
{
    /// <summary>The file's id; null in a preview.</summary>
    public required Guid? FileId { get; init; }

    /// <summary>Its name.</summary>
    public required string FileName { get; init; }

    /// <summary>True if this file was imported before, so nothing was added.</summary>
    public required bool IsRepeated { get; init; }

    /// <summary>True if nothing was stored.</summary>
    public required bool IsPreview { get; init; }

    /// <summary>Its lines.</summary>
    public required int LineCount { get; init; }

    /// <summary>The collections that it adds; the others came in earlier files.</summary>
    public required int NewCount { get; init; }

    /// <summary>Those that are repayments.</summary>
    public required CollectedSum Booked { get; init; }

    /// <summary>Those that wait for an officer.</summary>
    public required CollectedSum Waiting { get; init; }

    /// <summary>The new collections, those that wait first: at most 100.</summary>
    public required IReadOnlyList<CollectedPayment> Collections { get; init; }
}

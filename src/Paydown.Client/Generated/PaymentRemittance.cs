namespace Paydown.Client;

/// <summary>The collector whose remittance an unidentified entry is.</summary>
public sealed partial record PaymentRemittance
{
    /// <summary>The collector.</summary>
    public required Guid CollectorId { get; init; }

    /// <summary>The file whose money it is. Null: of the collector's oldest files.</summary>
    public Guid? FileId { get; init; }

    /// <summary>Why, for the history of the entry.</summary>
    public required string Reason { get; init; }
}

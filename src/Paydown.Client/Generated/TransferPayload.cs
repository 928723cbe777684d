namespace Paydown.Client;

/// <summary>
/// The payload of the events transaction.created, transaction.completed, transaction.failed and transaction.returned.
/// </summary>
public sealed partial record TransferPayload
{
    /// <summary>The transfer's id.</summary>
    public required Guid TransferId { get; init; }

    /// <summary>The transfer's reference.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>The customer who sends the money.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The amount that the bank account receives.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The fee, taken from the wallet on top of the amount.</summary>
    public required decimal Fee { get; init; }

    /// <summary>The transfer's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>PENDING, COMPLETED, FAILED or RETURNED.</summary>
    public required TransferStatus TransferStatus { get; init; }

    /// <summary>Why it failed or came back; null if it did not.</summary>
    public string? FailureReason { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

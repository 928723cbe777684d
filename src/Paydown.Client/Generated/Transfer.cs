namespace Paydown.Client;

/// <summary>A transfer for customers and officers, with the fields of the contract.</summary>
public sealed partial record Transfer
{
    /// <summary>The transfer's reference.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>PENDING, PROCESSING, COMPLETED, FAILED or RETURNED.</summary>
    public required TransferStatus TransferStatus { get; init; }

    /// <summary>When the transfer was requested.</summary>
    public required DateTimeOffset InitiatedDate { get; init; }

    /// <summary>When it was completed or failed; null before. A returned one was completed first.</summary>
    public required DateTimeOffset? CompletedDate { get; init; }

    /// <summary>Why it failed or came back; null if it did not.</summary>
    public required string? FailureReason { get; init; }

    /// <summary>When its money came back; null if it did not.</summary>
    public required DateTimeOffset? ReturnedDate { get; init; }

    /// <summary>The amount that the bank account receives.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The receiving bank account and the batch.</summary>
    public required SettlementDetails SettlementDetails { get; init; }

    /// <summary>The transfer's id.</summary>
    public required Guid TransferId { get; init; }

    /// <summary>The fee, taken from the wallet on top of the amount.</summary>
    public required decimal Fee { get; init; }

    /// <summary>The transfer's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The customer's note for the transfer; null if there was none.</summary>
    public required string? Description { get; init; }
}

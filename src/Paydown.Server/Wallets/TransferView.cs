using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Payments;

namespace Paydown.Server.Wallets;

/// <summary>A transfer for customers and officers, with the fields of the contract.</summary>
public sealed record TransferView
{
    /// <summary>The transfer's reference.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>
    /// <c>PENDING</c>, <c>PROCESSING</c>, <c>COMPLETED</c>, <c>FAILED</c> or <c>RETURNED</c>.
    /// </summary>
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
    public required Money Amount { get; init; }

    /// <summary>The receiving bank account and the batch.</summary>
    public required SettlementDetails SettlementDetails { get; init; }

    /// <summary>The transfer's id.</summary>
    public required TransferId TransferId { get; init; }

    /// <summary>The fee, taken from the wallet on top of the amount.</summary>
    public required Money Fee { get; init; }

    /// <summary>The transfer's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The customer's note for the transfer; null if there was none.</summary>
    public required string? Description { get; init; }

    public static TransferView Of(StoredTransfer stored)
    {
        var transfer = stored.Transfer;
        return new TransferView
        {
            TransactionReference = transfer.Reference,
            TransferStatus = stored.Status,
            InitiatedDate = transfer.RecordedAt,
            CompletedDate = stored.EndedAt,
            FailureReason = stored.Reason,
            ReturnedDate = stored.ReturnedAt,
            Amount = transfer.Amount,
            SettlementDetails = new SettlementDetails(
                transfer.BankAccountId,
                transfer.AccountNumber,
                transfer.AccountName,
                transfer.BankCode,
                transfer.BankName,
                stored.BatchId is { } batch ? PaymentBatch.MessageIdOf(batch) : null,
                transfer.ExpectedAt
            ),
            TransferId = transfer.Id,
            Fee = transfer.Fee,
            CurrencyCode = transfer.Amount.Currency.Code,
            Description = transfer.Description,
        };
    }
}

/// <summary>The destination of a transfer.</summary>
/// <param name="BankAccountId">The customer's bank account.</param>
/// <param name="AccountNumber">The account number at the time of the request.</param>
/// <param name="AccountName">The account holder's name at the time of the request.</param>
/// <param name="BankCode">The bank's code.</param>
/// <param name="BankName">The bank's name.</param>
/// <param name="BatchReference">The message id of the batch that the payment partner received; null before.</param>
/// <param name="EstimatedSettlementTime">When the money usually arrives.</param>
public sealed record SettlementDetails(
    BankAccountId BankAccountId,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string BankName,
    string? BatchReference,
    DateTimeOffset EstimatedSettlementTime
);

/// <summary>The response to requesting a transfer, with the fields of the contract.</summary>
/// <param name="TransactionReference">The transfer's reference.</param>
/// <param name="TransferId">The transfer's id.</param>
/// <param name="Amount">The amount that the bank account receives.</param>
/// <param name="Status">Always <c>PENDING</c>.</param>
/// <param name="TransferDate">When the transfer was requested.</param>
/// <param name="EstimatedSettlementTime">When the money usually arrives.</param>
/// <param name="Fee">The fee, taken from the wallet on top of the amount.</param>
public sealed record TransferRequested(
    string TransactionReference,
    TransferId TransferId,
    Money Amount,
    TransferStatus Status,
    DateTimeOffset TransferDate,
    DateTimeOffset EstimatedSettlementTime,
    Money Fee
)
{
    public static TransferRequested Of(StoredTransfer stored) =>
        new(
            stored.Transfer.Reference,
            stored.Transfer.Id,
            stored.Transfer.Amount,
            stored.Status,
            stored.Transfer.RecordedAt,
            stored.Transfer.ExpectedAt,
            stored.Transfer.Fee
        );
}

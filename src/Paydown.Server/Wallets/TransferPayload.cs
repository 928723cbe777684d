using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Wallets;

/// <summary>
/// The payload of the events <c>transaction.created</c>, <c>transaction.completed</c>, <c>transaction.failed</c> and
/// <c>transaction.returned</c>.
/// </summary>
public sealed record TransferPayload
{
    /// <summary>The transfer's id.</summary>
    public required TransferId TransferId { get; init; }

    /// <summary>The transfer's reference.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>The customer who sends the money.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The amount that the bank account receives.</summary>
    public required Money Amount { get; init; }

    /// <summary>The fee, taken from the wallet on top of the amount.</summary>
    public required Money Fee { get; init; }

    /// <summary>The transfer's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary><c>PENDING</c>, <c>COMPLETED</c>, <c>FAILED</c> or <c>RETURNED</c>.</summary>
    public required TransferStatus TransferStatus { get; init; }

    /// <summary>Why it failed or came back; absent if it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? FailureReason { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public static TransferPayload Of(StoredTransfer stored, DateTimeOffset at)
    {
        var transfer = stored.Transfer;
        return new TransferPayload
        {
            TransferId = transfer.Id,
            TransactionReference = transfer.Reference,
            CustomerId = transfer.CustomerId,
            Amount = transfer.Amount,
            Fee = transfer.Fee,
            CurrencyCode = transfer.Amount.Currency.Code,
            TransferStatus = stored.Status,
            FailureReason = stored.Reason,
            RecordedAt = at,
        };
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Wallets;

/// <summary>
/// The payload of the events <c>transaction.created</c>, <c>transaction.completed</c> and <c>transaction.failed</c>.
/// </summary>
public sealed record TransferPayload
{
    public required Guid TransferId { get; init; }

    public required string TransactionReference { get; init; }

    public required Guid CustomerId { get; init; }

    public required Money Amount { get; init; }

    public required Money Fee { get; init; }

    public required string CurrencyCode { get; init; }

    public required TransferStatus TransferStatus { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? FailureReason { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public static byte[] Of(StoredTransfer stored, DateTimeOffset at)
    {
        var transfer = stored.Transfer;
        return JsonSerializer.SerializeToUtf8Bytes(
            new TransferPayload
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
            },
            Wire.Options
        );
    }
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Wallets;
using Paydown.Server.Payments;

namespace Paydown.Server.Wallets;

/// <summary>A transfer as customers and officers see it, in the order of the contract.</summary>
public sealed record TransferView
{
    public required string TransactionReference { get; init; }

    public required TransferStatus TransferStatus { get; init; }

    public required DateTimeOffset InitiatedDate { get; init; }

    /// <summary>When it ended, completed or failed.</summary>
    public required DateTimeOffset? CompletedDate { get; init; }

    public required string? FailureReason { get; init; }

    public required Money Amount { get; init; }

    public required SettlementDetails SettlementDetails { get; init; }

    public required Guid TransferId { get; init; }

    public required Money Fee { get; init; }

    public required string CurrencyCode { get; init; }

    public required string? Description { get; init; }

    public static TransferView Example { get; } =
        Of(
            new StoredTransfer(
                TransferRequested.ExampleTransfer,
                TransferStatus.Completed,
                Guid.Parse("01957ad2-7c00-7000-8000-00000000f101"),
                null,
                TransferRequested.ExampleTransfer.RecordedAt.AddHours(3)
            )
        );

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

/// <summary>Where the money of a transfer goes.</summary>
/// <param name="BankAccountId">The customer's bank account.</param>
/// <param name="AccountNumber">Its number when the transfer was asked for.</param>
/// <param name="AccountName">Its name then.</param>
/// <param name="BankCode">Its bank.</param>
/// <param name="BankName">The bank's name.</param>
/// <param name="BatchReference">The message that the payment partner got it with; null before.</param>
/// <param name="EstimatedSettlementTime">When the money is usually there.</param>
public sealed record SettlementDetails(
    Guid BankAccountId,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string BankName,
    string? BatchReference,
    DateTimeOffset EstimatedSettlementTime
);

/// <summary>A transfer that has just been taken, in the order of the contract.</summary>
public sealed record TransferRequested(
    string TransactionReference,
    Guid TransferId,
    Money Amount,
    TransferStatus Status,
    DateTimeOffset TransferDate,
    DateTimeOffset EstimatedSettlementTime,
    Money Fee
)
{
    public static TransferRequested Example =>
        Of(new StoredTransfer(ExampleTransfer, TransferStatus.Pending, null, null, null));

    internal static Transfer ExampleTransfer { get; } =
        new()
        {
            CustomerId = Guid.Parse("01957ad2-7c00-7000-8000-00000000c001"),
            Id = Guid.Parse("01957ad2-7c00-7000-8000-00000000f001"),
            OrganisationId = Guid.Parse("01957ad2-7c00-7000-8000-00000000a001"),
            Amount = new Money(2_500_000, Currency.Get("NGN")),
            Fee = new Money(2_500, Currency.Get("NGN")),
            BankAccountId = Guid.Parse("01957ad2-7c00-7000-8000-00000000d001"),
            AccountNumber = "0000014579",
            AccountName = "EXAMPLE ADA",
            BankCode = "011",
            BankName = "Example Bank",
            Description = "Rent",
            ExpectedAt = new DateTimeOffset(2026, 1, 13, 9, 30, 0, TimeSpan.Zero),
            RecordedAt = new DateTimeOffset(2026, 1, 12, 9, 30, 0, TimeSpan.Zero),
        };

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

using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform;
using Paydown.Server.Wallets;

namespace Paydown.Server.Demo;

/// <summary>
/// The wallet of the demo lender's first customer: a loan was paid out to it, one transfer arrived and one failed. It
/// goes through the same changes as every wallet.
/// </summary>
internal sealed class DemoWallet(NpgsqlConnection connection, Ids ids, CancellationToken token)
{
    private static readonly Currency Naira = Currency.Get("NGN");

    private readonly TransferChanges changes = new(ids);

    /// <summary>Adds the transfers of the money that the loan paid out to the wallet.</summary>
    /// <param name="on">The day of the payout.</param>
    public async Task AddAsync(DateOnly on)
    {
        await TransferAsync(601, 350_000, "Shop rent", on.AddDays(2), null);
        await TransferAsync(602, 40_000, "Stock", on.AddDays(9), "The account is blocked.");
    }

    private async Task TransferAsync(int number, decimal amount, string description, DateOnly on, string? failure)
    {
        var (id, bank, at) = (DemoPeople.Id<TransferId>(number), DemoPeople.BankOne, At(on));
        var transfer = new Transfer
        {
            CustomerId = DemoPeople.Customer.Id.AsCustomer,
            Id = id,
            OrganisationId = DemoPeople.OrganisationId,
            Amount = Money.FromMajor(amount, Naira),
            Fee = DemoPeople.WithdrawalFee,
            BankAccountId = DemoPeople.Id<BankAccountId>(41),
            AccountNumber = bank.Number,
            AccountName = "Ada Example",
            BankCode = bank.Code,
            BankName = bank.Bank,
            Description = description,
            ExpectedAt = at.AddDays(1),
            RecordedAt = at,
        };
        await changes.RequestAsync(connection, transfer, on, token);

        var batchId = DemoPeople.Id<PaymentBatchId>(number + 10);
        await PaymentStore.MakeBatchAsync(connection, batchId, DemoPeople.OrganisationId, at, on, token);
        await PaymentStore.MarkSentAsync(connection, batchId, at, token);
        var stored = await TransferStore.LockInBatchAsync(connection, batchId, id, token);
        var end = failure is null ? TransferStatus.Completed : TransferStatus.Failed;
        await changes.EndAsync(connection, stored!, end, failure, at.AddHours(3), on, token);
    }

    private static DateTimeOffset At(DateOnly day) => new(day, new TimeOnly(12, 0), TimeSpan.Zero);
}

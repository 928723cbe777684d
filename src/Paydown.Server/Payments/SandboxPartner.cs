using System.Runtime.CompilerServices;
using Npgsql;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Payments;

/// <summary>
/// A payment partner for trials, which moves no money and completes transfers after a moment. The account number
/// decides its response; docs/bank-accounts.md lists the numbers. It keeps no state, because the database knows what
/// was sent and when.
/// </summary>
public sealed class SandboxPartner(NpgsqlDataSource database, TimeProvider time, TimeSpan duration) : IPaymentPartner
{
    // The first nine digits; the tenth is the check digit. So every bank has one account of each kind.
    private const string UnknownAccount = "000000404";
    private const string UnavailableBank = "000000503";
    private const string ClosedAccount = "000000901";
    private const string BlockedAccount = "000000902";
    private const string EndlessTransfer = "000000903";
    private const string AccountOfBayo = "002020202";

    private const int StatusesMax = 500;

    private const string ReadDue = """
        select s.batch_id, t.id, t.account_number
        from payment_batch b
        join wallet_transfer_standing s on s.batch_id = b.id
        join wallet_transfer t on t.customer_id = s.customer_id and t.id = s.transfer_id
        where b.sent_at <= $1 and s.status = 'PROCESSING' and left(t.account_number, 9) <> $2
        order by t.id limit $3
        """;

    public bool TakesTransfers => true;

    public TimeSpan UsualDuration => duration;

    public ValueTask<NameEnquiry> AskNameAsync(Nuban account, CancellationToken cancellation) =>
        ValueTask.FromResult(
            account.AccountNumber[..^1] switch
            {
                UnknownAccount => NameEnquiry.Unknown,
                UnavailableBank => NameEnquiry.Unavailable,
                AccountOfBayo => NameEnquiry.Known("SAMPLE BAYO"),
                _ => NameEnquiry.Known("EXAMPLE ADA"),
            }
        );

    public Task SendAsync(PaymentBatch batch, CancellationToken cancellation) => Task.CompletedTask;

    public async IAsyncEnumerable<PaymentReport> CollectAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var due = await ReadDueAsync(cancellation);
        if (due.Count > 0)
            yield return new PaymentReport("sandbox", due, _ => Task.CompletedTask);
    }

    private async Task<IReadOnlyList<PaymentStatus>> ReadDueAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadDue);
        command.Parameters.Add(Sql.Value(time.GetUtcNow() - duration));
        command.Parameters.Add(Sql.Value(EndlessTransfer));
        command.Parameters.Add(Sql.Value(StatusesMax));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<PaymentStatus>();
        while (await reader.ReadAsync(cancellation))
        {
            var reason = ReasonOf(reader.Text("account_number"));
            due.Add(
                new PaymentStatus(
                    reader.Id<PaymentBatchId>("batch_id"),
                    reader.Id<TransferId>("id"),
                    reason is null ? TransferStatus.Completed : TransferStatus.Failed,
                    reason
                )
            );
        }

        return due;
    }

    private static string? ReasonOf(string accountNumber) =>
        accountNumber[..^1] switch
        {
            ClosedAccount => "The account is closed.",
            BlockedAccount => "The account is blocked.",
            _ => null,
        };
}

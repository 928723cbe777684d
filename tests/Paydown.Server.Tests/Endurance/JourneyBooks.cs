using System.Collections.Concurrent;
using Npgsql;
using Paydown.Server.Commands;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Everything that responses confirmed to travellers and officers. At the end the database must have each of these
/// exactly once and nothing else, and every wallet must have their sum.
/// </summary>
internal sealed class JourneyBooks
{
    private readonly ConcurrentBag<string> confirmed = [];
    private readonly ConcurrentDictionary<Guid, long> wallets = [];
    private readonly ConcurrentDictionary<Guid, Sent> transfers = [];
    private readonly ConcurrentDictionary<string, int> counts = [];

    /// <summary>The number of times that each thing happened, by name.</summary>
    public string Counts =>
        string.Join(
            ", ",
            counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value:N0}")
        );

    /// <summary>The number of confirmed movements of money and decisions.</summary>
    public int Acknowledged => confirmed.Count + transfers.Count;

    public void Count(string what) => counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>Records that a row of this kind, id and amount was confirmed.</summary>
    public void Confirm(string kind, Guid id, decimal amount = 0)
    {
        confirmed.Add($"{kind} {id} {Minor(amount)}");
        Count(kind);
    }

    /// <summary>Records that money entered or left a wallet.</summary>
    public void Move(Guid customerId, decimal amount) =>
        wallets.AddOrUpdate(customerId, Minor(amount), (_, balance) => balance + Minor(amount));

    /// <summary>Records that a transfer was accepted. Its outcome is known later.</summary>
    public void Send(Guid customerId, Guid transferId, decimal amount, string end)
    {
        transfers.TryAdd(transferId, new(customerId, Minor(amount), end)).ShouldBeTrue($"{transferId} is there twice.");
        Count($"TRANSFER {end}");
    }

    /// <summary>Compares everything with the database, and runs the audit.</summary>
    public async Task ShouldAgreeAsync(NpgsqlDataSource database)
    {
        var there = await ListAsync(database, ReadDone);
        there.Except(confirmed).ShouldBeEmpty("there, but not confirmed by a response");
        confirmed.Except(there).ShouldBeEmpty("confirmed but not there");
        there.Count.ShouldBe(confirmed.Count);
        var sent = transfers
            .Select(one => $"{one.Value.CustomerId} {one.Key} {one.Value.AmountMinor} {one.Value.End}")
            .Order();
        (await ListAsync(database, ReadTransfers)).Order().ShouldBe(sent);
        foreach (var one in transfers.Values.Where(one => one.End != "FAILED"))
            wallets[one.CustomerId] -= one.AmountMinor + JourneyStage.WithdrawalFeeMinor;
        (await ListAsync(database, ReadWallets))
            .Order()
            .ShouldBe(wallets.Select(one => $"{one.Key} {one.Value}").Order());
        (await ListAsync(database, ReadLedgerOfWallets))
            .Order()
            .ShouldBe(wallets.Where(one => one.Value != 0).Select(one => $"{one.Key} {one.Value}").Order());
        (await ListAsync(database, "select sum(amount)::text from posting")).ShouldBe(["0"], "the trial balance");
        using var output = new StringWriter();
        (await Audit.RunAsync(database, output, json: false, default)).ShouldBe(0, output.ToString());
    }

    private static long Minor(decimal amount) => decimal.ToInt64(amount * 100);

    private static async Task<List<string>> ListAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    private sealed record Sent(Guid CustomerId, long AmountMinor, string End);

    // A fee that is due with the first installment is written with the disbursement, and shown with the offer.
    private const string ReadDone = """
        select 'REPAYMENT ' || id || ' ' || amount from repayment
        union all select kind || ' ' || repayment_id || ' 0' from repayment_decision
        union all select kind || ' ' || id || ' ' || amount from loan_event e
          where kind in ('CHARGE', 'WAIVER', 'CREDIT_BALANCE_REFUND')
            and not exists (select 1 from loan_event d where d.customer_id = e.customer_id
                            and d.account_id = e.account_id and d.kind = 'DISBURSEMENT'
                            and d.recorded_at = e.recorded_at)
        union all select kind || ' ' || account_id || ' ' || amount from loan_event where kind = 'DISBURSEMENT'
        union all select kind || ' ' || account_id || ' 0' from loan_event where kind = 'WRITE_OFF'
        """;

    private const string ReadTransfers = """
        select t.customer_id || ' ' || t.id || ' ' || t.amount || ' ' || s.status from wallet_transfer t
        join wallet_transfer_standing s on s.customer_id = t.customer_id and s.transfer_id = t.id
        """;

    private const string ReadWallets = "select customer_id || ' ' || balance from wallet";

    private const string ReadLedgerOfWallets = """
        select customer_id || ' ' || -sum(amount) from posting where ledger_account = 'CUSTOMER_WALLET'
        group by customer_id having sum(amount) <> 0
        """;
}

using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>
/// The data that a group of reports is decided by: the locked loans, and the bank accounts that the reports name.
/// </summary>
public sealed class ReportedState
{
    public Dictionary<(CustomerId CustomerId, LoanId AccountId), ReportedAccount> Accounts { get; } = [];

    public HashSet<(CustomerId CustomerId, BankAccountId BankAccountId)> BankAccounts { get; } = [];

    /// <summary>The loans that another transaction has locked. Empty unless the group skips locked loans.</summary>
    public HashSet<(CustomerId CustomerId, LoanId AccountId)> HeldAccounts { get; } = [];

    /// <summary>The repayments that the group has recorded so far.</summary>
    public List<RecordedRepayment> Recorded { get; } = [];

    /// <summary>Adds a repayment. Later reports of the group count it as pending.</summary>
    public void Record(RecordedRepayment repayment)
    {
        repayment.Account.Pending += repayment.Pending.Amount;
        Recorded.Add(repayment);
    }
}

/// <summary>A loan account as a report sees it. Its pending total grows with the reports of the group.</summary>
public sealed class ReportedAccount
{
    public required LoanApplicationId? ApplicationId { get; init; }

    public required string ProductName { get; init; }

    public required string Reference { get; init; }

    /// <summary>True if nothing is owed: the loan is closed or overpaid.</summary>
    public required bool IsSettled { get; init; }

    public required bool IsCollectedByThirdParty { get; init; }

    /// <summary>The amount that closes the loan.</summary>
    public required Money Payoff { get; set; }

    /// <summary>The day for which <see cref="Payoff"/> holds; null if it holds on any day.</summary>
    public required DateOnly? BalanceOn { get; init; }

    public required Money Pending { get; set; }

    public required DateOnly? DisbursedOn { get; init; }

    public required string CustomerName { get; init; }

    public required string Email { get; init; }

    public PayableLoan ToPayable() =>
        new()
        {
            ApplicationId = ApplicationId,
            IsSettled = IsSettled,
            IsCollectedByThirdParty = IsCollectedByThirdParty,
            Payoff = Payoff,
            Pending = Pending,
            DisbursedOn = DisbursedOn,
            Reference = Reference,
        };
}

/// <summary>The SQL of reported repayments, for whole groups: one round trip to read, one to write.</summary>
public static class RepaymentReportStore
{
    // Returns a loan once per report of it, each time with the report's own bank account.
    private const string LockAccounts = """
        select l.customer_id, l.id, l.loan_application_id, l.product_name, l.reference, l.currency_code, l.state,
               l.collector is not null as is_collected_by_third_party, l.payoff_balance, l.balance_on,
               l.pending_total, l.disbursed_on,
               u.first_name || ' ' || u.last_name as customer_name, u.email, asked.bank_account_id,
               exists (select from bank_account b
                       where b.customer_id = asked.customer_id and b.id = asked.bank_account_id)
                 as has_bank_account
        from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as asked (customer_id, id, bank_account_id)
        join loan_account l on l.customer_id = asked.customer_id and l.id = asked.id
        join app_user u on u.id = l.customer_id
        order by l.customer_id, l.id
        for no key update of l
        """;

    private const string LockFreeAccounts = LockAccounts + " skip locked";

    private const string FindHeldAccounts = """
        select customer_id, id from loan_account
        where (customer_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
        """;

    /// <summary>Opens a transaction, locks the loans of a group and reads the data for its decisions.</summary>
    public static async Task<ReportedState> ReadAsync(Group<RepaymentReport> group)
    {
        var reports = group.Requests;
        await using var batch = new NpgsqlBatch(group.Connection);
        GroupConnections.AddBeginTo(batch);
        new RowsStatement<GroupedRequest<RepaymentReport>>(group.SkipsLocked ? LockFreeAccounts : LockAccounts, reports)
            .Column(request => request.Asked.CallerId)
            .Column(request => request.Asked.AccountId)
            .Column(request => request.Asked.BankAccountId)
            .AddTo(batch);
        group.AddFindKeys(batch);
        if (group.SkipsLocked)
        {
            new RowsStatement<GroupedRequest<RepaymentReport>>(FindHeldAccounts, reports)
                .Column(request => request.Asked.CallerId)
                .Column(request => request.Asked.AccountId)
                .AddTo(batch);
        }

        var state = new ReportedState();
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            await GroupConnections.SkipBeginAsync(reader);
            await ReadStateAsync(reader, group, state);
        }

        await ReplayStaleBalancesAsync(group, state);
        return state;
    }

    /// <summary>Adds the statements that write the recorded repayments to a batch.</summary>
    public static void AddWrites(NpgsqlBatch batch, ReportedState state, DateTimeOffset now) =>
        RepaymentRecordStore.AddPendingTo(batch, [.. state.Recorded.Select(recorded => recorded.ToNewRepayment(now))]);

    private static async Task ReadStateAsync(NpgsqlDataReader reader, Group<RepaymentReport> group, ReportedState state)
    {
        while (await reader.ReadAsync())
        {
            var key = (CustomerId: reader.Id<CustomerId>("customer_id"), AccountId: reader.Id<LoanId>("id"));
            if (!state.Accounts.ContainsKey(key))
                state.Accounts.Add(key, ReadAccount(reader));
            if (reader.Boolean("has_bank_account"))
                state.BankAccounts.Add((key.CustomerId, reader.Id<BankAccountId>("bank_account_id")));
        }

        await reader.NextResultAsync();
        await group.ReadKeysAsync(reader);
        if (!await reader.NextResultAsync())
            return;
        while (await reader.ReadAsync())
        {
            var key = (reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("id"));
            if (!state.Accounts.ContainsKey(key))
                state.HeldAccounts.Add(key);
        }
    }

    private static ReportedAccount ReadAccount(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new ReportedAccount
        {
            ApplicationId = reader.IdOrNull<LoanApplicationId>("loan_application_id"),
            ProductName = reader.Text("product_name"),
            Reference = reader.Text("reference"),
            IsSettled = PayableRules.IsSettled(reader.Word<LoanStatus>("state")),
            IsCollectedByThirdParty = reader.Boolean("is_collected_by_third_party"),
            Payoff = reader.Money("payoff_balance", currency),
            BalanceOn = reader.DateOrNull("balance_on"),
            Pending = reader.Money("pending_total", currency),
            DisbursedOn = reader.DateOrNull("disbursed_on"),
            CustomerName = reader.Text("customer_name"),
            Email = reader.Text("email"),
        };
    }

    // Recalculated interest grows daily, so a balance cached on another day is recomputed from the events.
    private static async Task ReplayStaleBalancesAsync(Group<RepaymentReport> group, ReportedState state)
    {
        foreach (var request in group.Requests)
        {
            var (key, today) = ((request.Asked.CallerId, request.Asked.AccountId), request.Context.Today);
            if (!state.Accounts.TryGetValue(key, out var account))
                continue;
            if (account.BalanceOn is not { } balanceOn || balanceOn == today)
                continue;
            var stored = await LoanStore.FindAsync(
                group.Connection,
                key.CallerId,
                key.AccountId,
                forUpdate: false,
                default
            );
            account.Payoff = stored!.Money(stored.Replay(today).Payoff.Total);
        }
    }
}

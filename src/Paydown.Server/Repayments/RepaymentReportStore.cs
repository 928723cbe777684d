using Npgsql;
using NpgsqlTypes;
using Paydown.Lending;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;

namespace Paydown.Server.Repayments;

/// <summary>What a group of reports must know: loans (locked), earlier answers and bank accounts, keyed by customer.</summary>
public sealed class ReportedState
{
    public Dictionary<(Guid CustomerId, Guid AccountId), ReportedAccount> Accounts { get; } = [];

    public Dictionary<(Guid CallerId, string Key), StoredAnswer> Answers { get; } = [];

    public HashSet<(Guid CustomerId, Guid BankAccountId)> BankAccounts { get; } = [];

    /// <summary>Loans that something else holds, where these were not to be waited for.</summary>
    public HashSet<(Guid CustomerId, Guid AccountId)> HeldAccounts { get; } = [];
}

/// <summary>A loan account as a report sees it. Its pending total grows with the reports of the group.</summary>
public sealed class ReportedAccount
{
    public required Guid? ApplicationId { get; init; }

    public required string ProductName { get; init; }

    public required string Reference { get; init; }

    public required Currency Currency { get; init; }

    public required bool IsClosed { get; init; }

    public required bool IsCollectedByThirdParty { get; init; }

    /// <summary>What closes the loan, in minor units.</summary>
    public required long PayoffMinor { get; set; }

    /// <summary>The day for which <see cref="PayoffMinor"/> holds; null: any day.</summary>
    public required DateOnly? BalanceOn { get; init; }

    public required long PendingMinor { get; set; }

    public required DateOnly? DisbursedOn { get; init; }

    public required string CustomerName { get; init; }

    public required string Email { get; init; }

    public PayableLoan ToPayable() => new()
    {
        ApplicationId = ApplicationId,
        IsClosed = IsClosed,
        IsCollectedByThirdParty = IsCollectedByThirdParty,
        TotalPayable = new Money(Math.Max(PayoffMinor - PendingMinor, 0), Currency),
        DisbursedOn = DisbursedOn,
        Reference = Reference,
    };
}

/// <summary>The SQL of reported repayments, for whole groups: one round trip to read, one to write.</summary>
public static class RepaymentReportStore
{
    // Reading and writing a group may take that long each, besides what a connection takes.
    private const int ReadSecondsMax = 3;
    private const int WriteSecondsMax = 3;

    // A loan that something else holds for longer than this makes its group fail rather than wait on. Should this server
    // vanish in the middle of a group, its loans are free again soon.
    private const string LimitWait =
        """
        select set_config('lock_timeout', '100ms', true), set_config('idle_in_transaction_session_timeout', '15s', true)
        """;

    private const string LockAccounts =
        """
        select l.customer_id, l.id, l.loan_application_id, l.product_name, l.reference, l.currency_code, l.state,
               l.collector is not null, l.payoff_balance, l.balance_on, l.pending_total, l.disbursed_on,
               u.first_name || ' ' || u.last_name, u.email
        from loan_account l join app_user u on u.id = l.customer_id
        where (l.customer_id, l.id) in (select * from unnest($1::uuid[], $2::uuid[]))
        order by l.customer_id, l.id
        for no key update of l
        """;

    private const string LockFreeAccounts = LockAccounts + " skip locked";

    private const string FindHeldAccounts =
        """
        select customer_id, id from loan_account
        where (customer_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
        """;

    private const string FindAnswers =
        """
        select caller_id, key, request_hash, status, body
        from idempotency_record
        where (caller_id, route, key) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))
        """;

    private const string FindBankAccounts =
        """
        select customer_id, id
        from bank_account
        where (customer_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
        """;

    private const string InsertRepayments =
        """
        insert into repayment (customer_id, id, organisation_id, account_id, amount, bank_account_id, reference,
                               reference_matches, paid_on, narration, method, recorded_by, recorded_at)
        select r.*, 'BANK_TRANSFER', r.customer_id, $11
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::uuid[], $7::text[], $8::boolean[],
                    $9::date[], $10::text[])
          as r (customer_id, id, organisation_id, account_id, amount, bank_account_id, reference, reference_matches, paid_on, narration)
        """;

    private const string InsertAnswers =
        """
        insert into idempotency_record (caller_id, route, key, request_hash, body, status, recorded_at)
        select r.*, 200, $6
        from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bytea[]) as r
        """;

    private const string InsertEvents =
        """
        insert into outbox_event (customer_id, id, organisation_id, account_id, payload, type, recorded_at)
        select r.*, 'repayment.recorded', $6
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bytea[]) as r
        """;

    private const string AddPending =
        """
        update loan_account l
        set pending_total = l.pending_total + r.amount
        from (select customer_id, id, sum(amount)::bigint as amount
              from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as r (customer_id, id, amount) group by customer_id, id) r
        where l.customer_id = r.customer_id and l.id = r.id
        """;

    /// <summary>Locks the loans of a group and reads all that its decisions need. Opens a transaction.</summary>
    /// <param name="connection">In no transaction.</param>
    /// <param name="group">What is decided together.</param>
    /// <param name="skipsHeld">Tells of loans that something else holds instead of waiting for them.</param>
    public static async Task<ReportedState> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<Reported> group, bool skipsHeld)
    {
        var callers = Column(group, reported => reported.Report.CallerId);
        var accounts = Column(group, reported => reported.Report.AccountId);
        await using var batch = new NpgsqlBatch(connection) { Timeout = ReadSecondsMax };
        batch.BatchCommands.Add(new("begin"));
        batch.BatchCommands.Add(new(LimitWait));
        batch.BatchCommands.Add(new(skipsHeld ? LockFreeAccounts : LockAccounts)
        {
            Parameters = { Of(callers), Of(accounts) },
        });
        // After the lock: what the holder of a lock stored is seen only by a statement that begins later.
        batch.BatchCommands.Add(new(FindAnswers)
        {
            Parameters = { Of(callers), Of(Column(group, reported => reported.Route)), Of(Column(group, reported => reported.Key)) },
        });
        batch.BatchCommands.Add(new(FindBankAccounts)
        {
            Parameters = { Of(callers), Of(Column(group, reported => reported.Report.BankAccountId)) },
        });
        if (skipsHeld) batch.BatchCommands.Add(new(FindHeldAccounts) { Parameters = { Of(callers), Of(accounts) } });
        var state = new ReportedState();
        await using (var reader = await batch.ExecuteReaderAsync()) await ReadStateAsync(reader, state);
        await ReplayStaleBalancesAsync(connection, group, state);
        return state;
    }

    /// <summary>Writes what was decided and commits; nothing is written where it throws.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<RecordedRepayment> repayments, DateTimeOffset now)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = WriteSecondsMax };
        if (repayments.Count > 0) AddWrites(batch, repayments, now);
        batch.BatchCommands.Add(new("commit"));
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task ReadStateAsync(NpgsqlDataReader reader, ReportedState state)
    {
        // The first row tells the limits that were set.
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            state.Accounts.Add((reader.GetGuid(0), reader.GetGuid(1)), ReadAccount(reader));
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            state.Answers.Add((reader.GetGuid(0), reader.GetString(1)), new StoredAnswer(
                reader.GetFieldValue<byte[]>(2), reader.GetInt16(3), reader.GetFieldValue<byte[]>(4)));
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync()) state.BankAccounts.Add((reader.GetGuid(0), reader.GetGuid(1)));
        if (!await reader.NextResultAsync()) return;
        while (await reader.ReadAsync())
        {
            var key = (reader.GetGuid(0), reader.GetGuid(1));
            if (!state.Accounts.ContainsKey(key)) state.HeldAccounts.Add(key);
        }
    }

    private static ReportedAccount ReadAccount(NpgsqlDataReader reader) => new()
    {
        ApplicationId = reader.IsDBNull(2) ? null : reader.GetGuid(2),
        ProductName = reader.GetString(3),
        Reference = reader.GetString(4),
        Currency = Currency.Get(reader.GetString(5)),
        IsClosed = reader.GetString(6) == "CLOSED",
        IsCollectedByThirdParty = reader.GetBoolean(7),
        PayoffMinor = reader.GetInt64(8),
        BalanceOn = reader.IsDBNull(9) ? null : reader.GetFieldValue<DateOnly>(9),
        PendingMinor = reader.GetInt64(10),
        DisbursedOn = reader.IsDBNull(11) ? null : reader.GetFieldValue<DateOnly>(11),
        CustomerName = reader.GetString(12),
        Email = reader.GetString(13),
    };

    // Recalculated interest grows by the day: a balance cached on another day is computed anew from the events.
    private static async Task ReplayStaleBalancesAsync(
        NpgsqlConnection connection, IReadOnlyList<Reported> group, ReportedState state)
    {
        foreach (var reported in group)
        {
            var key = (reported.Report.CallerId, reported.Report.AccountId);
            if (!state.Accounts.TryGetValue(key, out var account)) continue;
            if (account.BalanceOn is not { } balanceOn || balanceOn == reported.Today) continue;
            var file = await LoanStore.FindAsync(connection, key.CallerId, key.AccountId, forUpdate: false, default);
            account.PayoffMinor = file!.Replay(reported.Today).Payoff.Total;
        }
    }

    private static void AddWrites(NpgsqlBatch batch, IReadOnlyList<RecordedRepayment> repayments, DateTimeOffset now)
    {
        var customers = Column(repayments, r => r.Reported.Report.CallerId);
        var ids = Column(repayments, r => r.Id);
        var organisations = Column(repayments, r => r.Reported.OrganisationId);
        var accounts = Column(repayments, r => r.Reported.Report.AccountId);
        var amounts = Column(repayments, r => r.Pending.Amount.MinorUnits);
        batch.BatchCommands.Add(new(InsertRepayments)
        {
            Parameters =
            {
                Of(customers), Of(ids), Of(organisations), Of(accounts), Of(amounts),
                Of(Column(repayments, r => r.Reported.Report.BankAccountId)),
                Of(Column(repayments, r => r.Reported.Report.Reference)),
                Of(Column(repayments, r => r.Pending.ReferenceMatches)),
                Of(Column(repayments, r => r.Reported.Report.PaidOn)),
                Of(Column(repayments, r => r.Reported.Report.Narration), NpgsqlDbType.Text),
                new() { Value = now },
            },
        });
        batch.BatchCommands.Add(new(InsertAnswers)
        {
            Parameters =
            {
                Of(customers), Of(Column(repayments, r => r.Reported.Route)), Of(Column(repayments, r => r.Reported.Key)),
                Of(Column(repayments, r => r.Reported.Hash)), Of(Column(repayments, r => r.Answer), NpgsqlDbType.Bytea),
                new() { Value = now },
            },
        });
        batch.BatchCommands.Add(new(InsertEvents)
        {
            Parameters =
            {
                Of(customers), Of(ids), Of(organisations), Of(accounts), Of(Column(repayments, r => r.Event)), new() { Value = now },
            },
        });
        batch.BatchCommands.Add(new(AddPending) { Parameters = { Of(customers), Of(accounts), Of(amounts) } });
    }

    private static TColumn[] Column<TRow, TColumn>(IReadOnlyList<TRow> rows, Func<TRow, TColumn> value)
    {
        var column = new TColumn[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }

    private static NpgsqlParameter<T[]> Of<T>(T[] values) => new() { TypedValue = values };

    private static NpgsqlParameter<T[]> Of<T>(T[] values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };
}

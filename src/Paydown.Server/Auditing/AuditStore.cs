using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;

namespace Paydown.Server.Auditing;

/// <summary>
/// Reads all loans with everything stored about them, a range of customers at a time.
/// </summary>
public static class AuditStore
{
    private const string FindBound = """
        select customer_id
        from (select distinct customer_id from loan_account where customer_id > $1 order by customer_id limit $2) next
        order by customer_id desc limit 1
        """;

    private const string InBound = "customer_id > $1 and customer_id <= $2";
    private const string InBoundOfLoans = "l.customer_id > $1 and l.customer_id <= $2";

    private static readonly string[] ReadBatch =
    [
        $"{LoanStore.SelectAccounts} where {InBoundOfLoans}",
        $"select {LoanStore.EventColumns} from loan_event where {InBound} order by customer_id, account_id, sequence",
            // A loan that was set aside, or that no end of day has seen yet, owes no work.
            $"""
            select l.id, l.event_count,
                   case when o.day_rules_followed is not null
                     and not exists (select from loan_set_aside a
                                     where a.customer_id = l.customer_id and a.account_id = l.id)
                     then o.business_on - 1 end as closed_on,
                   o.day_rules, o.accrual_posting, o.suspended_after_days, o.arrears_buckets, o.provision_rates,
                   reminder_days(o.id) as reminder_days
            from loan_account l join organisation o on o.id = l.organisation_id where {InBoundOfLoans}
            """,
        $"""
            select r.account_id, r.id, coalesce(d.amount, r.amount) as amount,
                   coalesce(d.paid_on, r.paid_on) as paid_on, d.kinds, s.status, s.version, s.principal_balance,
                   s.total_balance, s.overpaid, s.due_on, s.lines::text as lines,
                   coalesce(s.amount, r.amount) as shown_amount, coalesce(s.paid_on, r.paid_on) as shown_on,
                   s.correction_reason as shown_reason, d.correction_reason, r.amount as reported_amount,
                   coalesce(a.replaced, 0)::int as replaced
            from (select * from repayment where {InBound}) r
            left join (select customer_id, repayment_id, array_agg(kind::text) as kinds,
                              max(amount) filter (where kind = 'VERIFIED') as amount,
                              max(paid_on) filter (where kind = 'VERIFIED') as paid_on,
                              max(reason) filter (where kind = 'VERIFIED' and (amount is not null or paid_on is not null))
                                as correction_reason
                       from repayment_decision where {InBound} group by 1, 2) d
              on d.customer_id = r.customer_id and d.repayment_id = r.id
            left join (select * from repayment_standing where {InBound}) s
              on s.customer_id = r.customer_id and s.repayment_id = r.id
            left join (select customer_id, repayment_id, count(*) as replaced
                       from replaced_allocation where {InBound} group by 1, 2) a
              on a.customer_id = r.customer_id and a.repayment_id = r.id
            """,
        """
            select account_id, ledger_account, sum(amount)::bigint as amount
            from posting
            where customer_id > $1 and customer_id <= $2 and account_id is not null
            group by 1, 2 having sum(amount) <> 0
            """,
    ];

    /// <summary>
    /// Returns the loans of the next customers, and the last customer; null if there are no more.
    /// </summary>
    /// <param name="connection">A connection with the snapshot's transaction.</param>
    /// <param name="after">The last customer of the previous range; empty for the first.</param>
    /// <param name="customersMax">The number of customers.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<(IReadOnlyList<AuditedLoan> Loans, CustomerId Last)?> ReadNextAsync(
        NpgsqlConnection connection,
        CustomerId after,
        int customersMax,
        CancellationToken cancellation
    )
    {
        await using var find = new NpgsqlCommand(FindBound, connection) { CommandTimeout = 0 };
        find.Parameters.Add(Sql.Value(after));
        find.Parameters.Add(Sql.Value(customersMax));
        if (await find.FindIdAsync<CustomerId>(cancellation) is not { } last)
            return null;
        return (await ReadAsync(connection, after, last, cancellation), last);
    }

    /// <summary>Returns the loans of the customers of a range.</summary>
    /// <param name="connection">A connection with the snapshot's transaction.</param>
    /// <param name="after">The last customer before the range.</param>
    /// <param name="last">The last customer of the range.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<IReadOnlyList<AuditedLoan>> ReadAsync(
        NpgsqlConnection connection,
        CustomerId after,
        CustomerId last,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var sql in ReadBatch)
            batch.BatchCommands.Add(new(sql) { Parameters = { Sql.Value(after), Sql.Value(last) } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var stored = await LoanStore.ReadAsync(reader, cancellation);
        var eventCounts = await ReadEventCountsAsync(reader, cancellation);
        var currencies = stored.ToDictionary(loan => loan.Id, loan => loan.Currency);
        var repayments = await ReadRepaymentsAsync(reader, currencies, cancellation);
        var ledgers = await ReadLedgersAsync(reader, currencies, cancellation);
        return stored.ConvertAll(stored => new AuditedLoan(
            stored,
            eventCounts[stored.Id].Count,
            eventCounts[stored.Id].ClosedOn,
            eventCounts[stored.Id].Rules,
            repayments.GetValueOrDefault(stored.Id, []),
            ledgers.GetValueOrDefault(stored.Id, [])
        ));
    }

    private static async Task<Dictionary<LoanId, (int Count, DateOnly? ClosedOn, DayRules Rules)>> ReadEventCountsAsync(
        NpgsqlDataReader reader,
        CancellationToken cancellation
    )
    {
        var counts = new Dictionary<LoanId, (int Count, DateOnly? ClosedOn, DayRules Rules)>();
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var rules = OrganisationStore.ReadRules(reader);
            counts.Add(reader.Id<LoanId>("id"), (reader.Integer("event_count"), reader.DateOrNull("closed_on"), rules));
        }

        return counts;
    }

    private static async Task<Dictionary<LoanId, List<AuditedRepayment>>> ReadRepaymentsAsync(
        NpgsqlDataReader reader,
        Dictionary<LoanId, Currency> currencies,
        CancellationToken cancellation
    )
    {
        var repayments = new Dictionary<LoanId, List<AuditedRepayment>>();
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            // Other laws find what belongs to no loan.
            if (!currencies.TryGetValue(reader.Id<LoanId>("account_id"), out var currency))
                continue;
            var repayment = ReadRepayment(reader, currency);
            if (!repayments.TryGetValue(repayment.AccountId, out var list))
                repayments.Add(repayment.AccountId, list = []);
            list.Add(repayment);
        }

        return repayments;
    }

    private static async Task<Dictionary<LoanId, Dictionary<string, Money>>> ReadLedgersAsync(
        NpgsqlDataReader reader,
        Dictionary<LoanId, Currency> currencies,
        CancellationToken cancellation
    )
    {
        var ledgers = new Dictionary<LoanId, Dictionary<string, Money>>();
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var accountId = reader.Id<LoanId>("account_id");
            if (!currencies.TryGetValue(accountId, out var currency))
                continue;
            if (!ledgers.TryGetValue(accountId, out var ledger))
                ledgers.Add(accountId, ledger = []);
            ledger.Add(reader.Text("ledger_account"), reader.Money("amount", currency));
        }

        return ledgers;
    }

    private static AuditedRepayment ReadRepayment(NpgsqlDataReader reader, Currency currency) =>
        new()
        {
            AccountId = reader.Id<LoanId>("account_id"),
            Id = reader.Id<RepaymentId>("id"),
            Amount = reader.Money("amount", currency),
            PaidOn = reader.Date("paid_on"),
            Status = VerificationStore.StatusOf(
                reader.IsNull("kinds") ? [] : reader.Get<string[]>("kinds").Select(Words.Read<DecisionKind>)
            ),
            Standing = reader.IsNull("status")
                ? null
                : new AuditedStanding(
                    reader.Text("status"),
                    reader.Integer("version"),
                    reader.Integer("replaced"),
                    ReadSplit(reader, currency)
                ),
            ShownAmount = reader.Money("shown_amount", currency),
            ShownOn = reader.Date("shown_on"),
            ShownReason = reader.TextOrNull("shown_reason"),
            CorrectionReason = reader.TextOrNull("correction_reason"),
            ReportedAmount = reader.Money("reported_amount", currency),
        };

    private static AuditedSplit? ReadSplit(NpgsqlDataReader reader, Currency currency)
    {
        if (reader.IsNull("principal_balance") || reader.IsNull("lines"))
            return null;
        var lines = StoredLines.Read(reader.Text("lines"));
        return new AuditedSplit(
            reader.Money("principal_balance", currency),
            reader.Money("total_balance", currency),
            reader.Money("overpaid", currency),
            reader.DateOrNull("due_on"),
            new Money(lines.Aggregate(default(ComponentAmounts), (sum, line) => sum + line.Components).Total, currency),
            StoredLines.Write(lines)
        );
    }
}

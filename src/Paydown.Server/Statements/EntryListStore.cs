using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>Reads the entries of bank statements for officers, with what became of them.</summary>
public static class EntryListStore
{
    // Each entry with its last decision and what it pays now.
    private const string Columns = """
        e.id, e.statement_id, e.collection_account_id, e.position, e.booked_on, e.value_on, e.amount, e.currency_code,
        e.status, e.is_reversal, e.reference, e.text, e.counterparty_name, e.counterparty_account, e.bank_reference,
        e.end_to_end_id, e.transaction_code, e.return_reason, s.state, d.rule, d.reasons, d.other_entry_id, d.payer_account,
        d.decided_by, d.decided_at,
        p.repayment_ids, p.account_ids, p.customer_ids, p.amounts, q.part_of, q.part_total, q.part_arrived,
        m.collector_id, m.file_id, k.name as collector_name
        """;

    private const string Joins = """
        left join entry_decision d on d.entry_id = e.id and d.number = s.decisions
        left join collector_remittance m on m.entry_id = e.id
        left join collector k on k.id = m.collector_id
        left join lateral (
          select array_agg(l.repayment_id order by l.repayment_id) as repayment_ids,
                 array_agg(r.account_id order by l.repayment_id) as account_ids,
                 array_agg(l.customer_id order by l.repayment_id) as customer_ids,
                 array_agg(l.amount::bigint order by l.repayment_id) as amounts
          from entry_link l
          join repayment r on r.customer_id = l.customer_id and r.id = l.repayment_id
          where l.entry_id = e.id) p on true
        left join lateral (
          select r.id as part_of, coalesce(rs.amount, r.amount) as part_total,
                 (select sum(o.amount)::bigint from report_part t join statement_entry o on o.id = t.entry_id
                  where t.repayment_id = r.id) as part_arrived
          from report_part t
          join repayment r on r.customer_id = t.customer_id and r.id = t.repayment_id
          left join repayment_standing rs on rs.customer_id = r.customer_id and rs.repayment_id = r.id
          where t.entry_id = e.id and coalesce(rs.status, 'VERIFIED') = 'VERIFIED'
            and not exists (select from entry_link l where l.repayment_id = r.id)) q on true
        """;

    private const string OfStatement = """
        from statement_entry e join entry_standing s on s.entry_id = e.id
        where e.statement_id = $1 and ($2::text is null or s.state = $2)
        """;

    private static readonly PageQuery Page = new(
        OfStatement,
        $"""
        select {Columns} from statement_entry e join entry_standing s on s.entry_id = e.id {Joins}
        where e.statement_id = $1 and ($2::text is null or s.state = $2) and ($3::int is null or e.position > $3)
        order by e.position limit $4 offset $5
        """
    );

    private const string Open = """
        from entry_standing s
        where s.organisation_id = $1 and s.state in ('TO_DECIDE', 'UNMATCHED')
        """;

    private static readonly PageQuery OpenPage = Waiting(Open);

    private static readonly PageQuery ReturnsPage = Waiting(
        "from entry_standing s where s.organisation_id = $1 and s.state = 'RETURN_ORDERED'"
    );

    // Without those that a statement has as entries of their own.
    private static readonly PageQuery AnnouncedPage = Waiting(
        """
        from entry_standing s
        where s.organisation_id = $1 and s.state = 'ANNOUNCED' and s.booked_on < $2::date
          and not exists (
            select from statement_entry i
            join statement_entry b on b.collection_account_id = i.collection_account_id
              and b.fingerprint = i.fingerprint and b.occurrence = i.occurrence and b.status = 'BOOK'
            where i.id = s.entry_id)
        """,
        3
    );

    private static PageQuery Waiting(string those, int key = 2) =>
        new(
            those,
            $"""
            select {Columns}
            from (select s.* {those}
                    and (${key}::date is null or (s.booked_on, s.entry_id) > (${key}, ${key + 1}::uuid))
                  order by s.booked_on, s.entry_id limit ${key + 2} offset ${key + 3}) s
            join statement_entry e on e.id = s.entry_id {Joins}
            order by s.booked_on, s.entry_id
            """
        );

    /// <summary>Returns a page of the entries of an organisation that wait for an officer, oldest first.</summary>
    public static Task<PageRecords<StatementEntryView>> ListOpenAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Paging paging,
        CancellationToken cancellation
    ) =>
        OpenPage.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Date, NpgsqlDbType.Uuid],
            [Sql.Value(organisationId)],
            Read,
            cancellation
        );

    /// <summary>
    /// Returns a page of the entries that were announced for a day before this one, and that no booking followed,
    /// oldest first.
    /// </summary>
    public static Task<PageRecords<StatementEntryView>> ListAnnouncedAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        DateOnly before,
        Paging paging,
        CancellationToken cancellation
    ) =>
        AnnouncedPage.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Date, NpgsqlDbType.Uuid],
            [Sql.Value(organisationId), Sql.Value(before, NpgsqlDbType.Date)],
            Read,
            cancellation
        );

    /// <summary>Returns a page of the entries whose money is on its way back to its payer, oldest first.</summary>
    public static Task<PageRecords<StatementEntryView>> ListReturnsAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Paging paging,
        CancellationToken cancellation
    ) =>
        ReturnsPage.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Date, NpgsqlDbType.Uuid],
            [Sql.Value(organisationId)],
            Read,
            cancellation
        );

    /// <summary>Returns a page of the entries that a statement added, in its order.</summary>
    public static Task<PageRecords<StatementEntryView>> ListAsync(
        NpgsqlConnection connection,
        BankStatementId statementId,
        EntryState? state,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Integer],
            [Sql.Value(statementId), Sql.Value(state is { } one ? Words.Write(one) : null, NpgsqlDbType.Text)],
            Read,
            cancellation
        );

    /// <summary>Returns an entry of an organisation; null if it has none with this id.</summary>
    public static async Task<StatementEntryView?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        StatementEntryId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {Columns} from statement_entry e join entry_standing s on s.entry_id = e.id {Joins}
            where e.organisation_id = $1 and e.id = $2
            """,
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>Counts the entries of a statement by state.</summary>
    public static async Task<IReadOnlyList<EntryCount>> CountAsync(
        NpgsqlConnection connection,
        BankStatementView statement,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select s.state, count(*)::int as count, sum(e.amount)::bigint as amount
            from statement_entry e join entry_standing s on s.entry_id = e.id
            where e.statement_id = $1 group by s.state order by s.state
            """,
            connection
        )
        {
            Parameters = { Sql.Value(statement.Id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var currency = Currency.Get(statement.CurrencyCode);
        var counts = new List<EntryCount>();
        while (await reader.ReadAsync(cancellation))
        {
            counts.Add(
                new(reader.Word<EntryState>("state"), reader.Integer("count"), reader.Money("amount", currency))
            );
        }

        return counts;
    }

    private static StatementEntryView Read(NpgsqlDataReader reader)
    {
        var (currency, state) = (reader.Currency("currency_code"), reader.Word<EntryState>("state"));
        return new StatementEntryView
        {
            Id = reader.Id<StatementEntryId>("id"),
            BankStatementId = reader.Id<BankStatementId>("statement_id"),
            CollectionAccountId = reader.Id<CollectionAccountId>("collection_account_id"),
            Position = reader.Integer("position"),
            BookedOn = reader.Date("booked_on"),
            ValueOn = reader.Date("value_on"),
            Amount = reader.Money("amount", currency),
            CurrencyCode = currency.Code,
            Status = reader.Word<EntryStatus>("status"),
            IsReversal = reader.Boolean("is_reversal"),
            Reference = reader.TextOrNull("reference"),
            Text = reader.TextOrNull("text"),
            CounterpartyName = reader.TextOrNull("counterparty_name"),
            CounterpartyAccount = reader.TextOrNull("counterparty_account"),
            BankReference = reader.TextOrNull("bank_reference"),
            EndToEndId = reader.TextOrNull("end_to_end_id"),
            TransactionCode = reader.TextOrNull("transaction_code"),
            ReturnReason = reader.TextOrNull("return_reason"),
            State = state,
            Rule = reader.IsNull("rule") ? null : reader.Get<short>("rule"),
            Reasons = reader.IsNull("reasons") ? [] : reader.Get<string[]>("reasons"),
            Repayments = ReadPaid(reader, currency),
            PartOf = reader.IdOrNull<RepaymentId>("part_of") is { } report
                ? new(report, reader.Money("part_total", currency), reader.Money("part_arrived", currency))
                : null,
            OtherEntryId = reader.IdOrNull<StatementEntryId>("other_entry_id"),
            PayerReturn =
                state is EntryState.ReturnOrdered or EntryState.ReturnedToPayer
                && reader.TextOrNull("payer_account") is { } account
                    ? new(account, ReturnReference.Of(reader.Id<StatementEntryId>("id")))
                    : null,
            Remittance = reader.IdOrNull<CollectorId>("collector_id") is { } collectorId
                ? new(collectorId, reader.Text("collector_name"), reader.IdOrNull<CollectorFileId>("file_id"))
                : null,
            DecidedBy = reader.IdOrNull<UserId>("decided_by"),
            DecidedAt = reader.InstantOrNull("decided_at"),
        };
    }

    private static List<PaidRepayment> ReadPaid(NpgsqlDataReader reader, Currency currency)
    {
        if (reader.IsNull("repayment_ids"))
            return [];
        var (repayments, accounts, customers) = (
            reader.Ids<RepaymentId>("repayment_ids"),
            reader.Ids<LoanId>("account_ids"),
            reader.Ids<CustomerId>("customer_ids")
        );
        var amounts = reader.Get<long[]>("amounts");
        return
        [
            .. repayments.Select(
                (id, i) => new PaidRepayment(id, accounts[i], customers[i], new Money(amounts[i], currency))
            ),
        ];
    }
}

using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>Reads and locks entries that are about to be decided, and finds what they may pay.</summary>
public static class EntryMatchStore
{
    // A report with the payer's own words may be this many days away from its money.
    private const string OwnWordsDays = "400";

    private const string Columns = """
        e.id, e.organisation_id, e.statement_id, e.collection_account_id, a.ledger_account, e.booking_reference,
        coalesce(b.decided_by, b.recorded_by) as imported_by, e.line, e.status, e.booked_on, e.value_on, e.amount,
        e.currency_code, e.is_reversal, e.reference, e.text, e.counterparty_name, e.counterparty_account,
        e.bank_reference, e.end_to_end_id, e.transaction_code, e.return_reason, e.details_differ, e.running_balance,
        w.state, w.decisions, q.repayment_id as part_of, p.repayment_ids, p.customer_ids, p.amounts, p.effects
        """;

    private const string Joins = """
        join statement_entry e on e.id = w.entry_id
        join bank_statement b on b.id = e.statement_id
        join collection_account a on a.id = e.collection_account_id
        left join report_part q on q.entry_id = e.id
        left join lateral (
          select array_agg(l.repayment_id) as repayment_ids, array_agg(l.customer_id) as customer_ids,
                 array_agg(l.amount::bigint) as amounts, array_agg(l.effect::text) as effects
          from entry_link l where l.entry_id = e.id) p on true
        """;

    // What another server is deciding is left to it.
    private const string TakeWaiting = $"""
        with w as materialized (
          select entry_id, state, decisions from entry_standing
          where organisation_id = $1 and state = 'WAITING'
          order by entry_id limit $2 for update skip locked)
        select {Columns} from w {Joins} order by e.id
        """;

    // Money that waits for a person because of the rules, and that may be of a report which came since. What a
    // person has decided, such as the undoing of a match, stays as it is, and so does what may be counted already (16).
    // A report may be seen a little later than it was recorded.
    private const string OfReportsSince = """
        s.state in ('TO_DECIDE', 'UNMATCHED') and s.amount > 0
          and exists (select from entry_decision d
                      where d.entry_id = s.entry_id and d.number = s.decisions and d.rule <> 16)
          and (exists (select from pending_repayment p
                       where p.organisation_id = s.organisation_id and p.amount = s.amount
                         and p.recorded_at > s.considered_at - interval '1 minute')
            or exists (select from repayment_standing r
                       where r.organisation_id = s.organisation_id and r.reported_amount = s.amount
                         and r.recorded_at > s.considered_at - interval '1 minute' and r.status = 'VERIFIED'))
        """;

    private const string TakeOpen = $"""
        with w as materialized (
          select s.entry_id, s.state, s.decisions from entry_standing s
          where s.organisation_id = $1 and s.entry_id > $3 and {OfReportsSince}
          order by s.entry_id limit $2 for update of s skip locked)
        select {Columns} from w {Joins} order by e.id
        """;

    // Money whose loan had a report of another amount: perhaps that has found its own money since.
    private const string TakeDiffering = $"""
        with w as materialized (
          select s.entry_id, s.state, s.decisions from entry_standing s
          where s.organisation_id = $1 and s.entry_id > $3 and s.state = 'TO_DECIDE' and s.amount > 0
            and exists (select from entry_decision d
                        where d.entry_id = s.entry_id and d.number = s.decisions and d.rule = 4)
          order by s.entry_id limit $2 for update of s skip locked)
        select {Columns} from w {Joins} order by e.id
        """;

    private const string FindConsiderable = $"""
        select o.id from organisation o
        where exists (select from entry_standing s where s.organisation_id = o.id and {OfReportsSince})
          and not is_moving(o.id)
        """;

    private const string Lock = $"""
        with w as materialized (
          select entry_id, state, decisions from entry_standing
          where organisation_id = $1 and entry_id = $2 for update)
        select {Columns} from w {Joins}
        """;

    private const string LockAll = $"""
        with w as materialized (
          select entry_id, state, decisions from entry_standing
          where organisation_id = $1 and entry_id = any ($2) order by entry_id for update)
        select {Columns} from w {Joins} order by e.id
        """;

    private const string Get = $"""
        with w as materialized (
          select entry_id, state, decisions from entry_standing where organisation_id = $1 and entry_id = any ($2))
        select {Columns} from w {Joins} order by e.id
        """;

    private const string FindLoans = """
        select customer_id, id from loan_account where organisation_id = $1 and reference = any ($2)
          and disbursed_on is not null
        """;

    // Reports of the amount of an entry whose account or words are in the entry: by the customers who have the account,
    // and by the few reports that do not carry the reference of their loan. The amount alone would find all customers
    // with the same installment.
    private const string FindPayers = $"""
        with entry as (select * from unnest($2, $3, $4, $5) as e (amount, account, texts, value_on)),
        report as (
          select r.customer_id, r.id, r.account_id, b.account_number,
                 case when not r.reference_matches then r.reference end as own_reference
          from entry e
          join bank_account b on b.organisation_id = $1 and b.account_number = e.account
          join repayment r on r.customer_id = b.customer_id and r.bank_account_id = b.id and r.amount = e.amount
          union
          select r.customer_id, r.id, r.account_id, b.account_number, r.reference
          from entry e
          join repayment r on r.organisation_id = $1 and r.amount = e.amount and not r.reference_matches
            and r.paid_on between e.value_on - {OwnWordsDays} and e.value_on + {OwnWordsDays}
          left join bank_account b on b.customer_id = r.customer_id and b.id = r.bank_account_id
          where length(reference_key(r.reference)) > 2
            and position(upper(regexp_replace(r.reference, '[^A-Za-z0-9]', '', 'g')) in e.texts) > 0)
        select r.* from report r
        left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
        where s.status is null
          or s.status = 'VERIFIED' and not exists (select from entry_link l where l.repayment_id = r.id)
        """;

    // What an entry may take back: money in with its amount and the bank's reference, however that is written, or the
    // payer's end-to-end id.
    private const string FindCredits = $"""
        with w as materialized (
          select s.entry_id, s.state, s.decisions
          from unnest($2, $3, $4, $5) as d (account_id, bank_reference, end_to_end_id, amount)
          cross join lateral (
            select c.id from statement_entry c
            where c.collection_account_id = d.account_id and c.amount = -d.amount
              and c.organisation_id = $1 and reference_key(c.bank_reference) = reference_key(d.bank_reference)
            union
            select c.id from statement_entry c
            where c.collection_account_id = d.account_id and c.amount = -d.amount
              and c.organisation_id = $1 and c.end_to_end_id = d.end_to_end_id) c
          join entry_standing s on s.entry_id = c.id and s.state not in ('REVERSED', 'ANNOUNCED', 'BOOKED', 'ITEMISED'))
        select distinct on (e.id) {Columns} from w {Joins} order by e.id
        """;

    private const string FindWaiting = """
        select o.id from organisation o
        where (exists (select from entry_standing s where s.organisation_id = o.id and s.state = 'WAITING')
            or exists (select from entry_standing s
                       where s.organisation_id = o.id and s.state = 'ANNOUNCED' and s.considered_at is null))
          and not is_moving(o.id)
        """;

    /// <summary>Returns the organisations that have entries which the rules have not decided about.</summary>
    public static async Task<IReadOnlyList<OrganisationId>> ListWaitingAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(FindWaiting);
        return await ReadOrganisationsAsync(command, cancellation);
    }

    /// <summary>
    /// Returns the organisations that have open money which may be of a report that came since the rules looked at it.
    /// </summary>
    public static async Task<IReadOnlyList<OrganisationId>> ListConsiderableAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(FindConsiderable);
        return await ReadOrganisationsAsync(command, cancellation);
    }

    private static async Task<IReadOnlyList<OrganisationId>> ReadOrganisationsAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var organisations = new List<OrganisationId>();
        while (await reader.ReadAsync(cancellation))
            organisations.Add(reader.Id<OrganisationId>("id"));
        return organisations;
    }

    /// <summary>Locks and returns the next entries that the rules have not decided about, oldest first.</summary>
    public static Task<IReadOnlyList<StoredEntry>> TakeWaitingAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        int countMax,
        CancellationToken cancellation
    ) => ReadAsync(connection, TakeWaiting, [Sql.Value(organisationId), Sql.Value(countMax)], cancellation);

    /// <summary>Locks and returns open money that the rules may decide about now, oldest first.</summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="why">Why the decision may be another one.</param>
    /// <param name="after">The last entry that was looked at.</param>
    /// <param name="countMax">The largest number of entries.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static Task<IReadOnlyList<StoredEntry>> TakeOpenAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        SecondLook why,
        StatementEntryId after,
        int countMax,
        CancellationToken cancellation
    ) =>
        ReadAsync(
            connection,
            why == SecondLook.ReportsCame ? TakeOpen : TakeDiffering,
            [Sql.Value(organisationId), Sql.Value(countMax), Sql.Value(after)],
            cancellation
        );

    /// <summary>Locks and returns an entry of an organisation; null if it has none with this id.</summary>
    public static async Task<StoredEntry?> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        StatementEntryId id,
        CancellationToken cancellation
    ) =>
        (await ReadAsync(connection, Lock, [Sql.Value(organisationId), Sql.Value(id)], cancellation)).SingleOrDefault();

    /// <summary>Locks and returns entries of an organisation, in the order of their ids.</summary>
    public static Task<IReadOnlyList<StoredEntry>> LockAllAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyCollection<StatementEntryId> ids,
        CancellationToken cancellation
    ) => ReadAsync(connection, LockAll, [Sql.Value(organisationId), Sql.Value(ids)], cancellation);

    /// <summary>Returns entries of an organisation as they are now, without a lock.</summary>
    public static Task<IReadOnlyList<StoredEntry>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyCollection<StatementEntryId> ids,
        CancellationToken cancellation
    ) => ReadAsync(connection, Get, [Sql.Value(organisationId), Sql.Value(ids)], cancellation);

    /// <summary>Returns the loans of an organisation that have one of these references.</summary>
    public static async Task<IReadOnlyList<LoanKey>> FindLoansAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyCollection<string> references,
        CancellationToken cancellation
    )
    {
        if (references.Count == 0)
            return [];
        await using var command = new NpgsqlCommand(FindLoans, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(references.ToArray()) },
        };
        return await ReadLoansAsync(command, cancellation);
    }

    /// <summary>Returns the open reports whose amount, and whose payer's words or account, are in an entry.</summary>
    public static async Task<IReadOnlyList<KnownPayer>> FindPayersAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        new RowsStatement<StoredEntry>(FindPayers, [.. entries.Where(entry => entry.Amount.IsPositive)])
            .With(organisationId)
            .Column(entry => entry.Amount)
            .Column(entry => Squashed(entry.Entry.CounterpartyAccount))
            .Column(entry => TextsOf(entry.Entry))
            .Column(entry => entry.Entry.ValueOn)
            .AddTo(batch);
        if (batch.BatchCommands.Count == 0)
            return [];
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var payers = new List<KnownPayer>();
        while (await reader.ReadAsync(cancellation))
        {
            payers.Add(
                new KnownPayer(
                    new(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("account_id")),
                    reader.Id<RepaymentId>("id"),
                    reader.TextOrNull("own_reference"),
                    reader.TextOrNull("account_number")
                )
            );
        }

        return payers;
    }

    /// <summary>Returns the entries that some entries may take back.</summary>
    public static async Task<IReadOnlyList<EarlierCredit>> FindCreditsAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        new RowsStatement<StoredEntry>(FindCredits, [.. entries.Where(entry => !entry.Amount.IsPositive)])
            .With(organisationId)
            .Column(entry => entry.AccountId)
            .Column(entry => entry.Entry.BankReference)
            .Column(entry => entry.Entry.EndToEndId)
            .Column(entry => entry.Amount)
            .AddTo(batch);
        if (batch.BatchCommands.Count == 0)
            return [];
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var credits = new List<EarlierCredit>();
        while (await reader.ReadAsync(cancellation))
        {
            var credit = Read(reader);
            credits.Add(new(credit.Id, credit.Entry));
        }

        // Those of the group itself are known to the book.
        return credits.FindAll(credit => entries.All(entry => entry.Id != credit.Id));
    }

    /// <summary>Returns the organisation's four-eyes amount as it is now; null if it has none.</summary>
    public static async Task<Money?> FindFourEyesAsync(
        NpgsqlConnection connection,
        Organisation organisation,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select four_eyes_above::bigint from organisation where id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(organisation.Id) },
        };
        return await command.ExecuteScalarAsync(cancellation) is long above
            ? new Money(above, organisation.Currency)
            : null;
    }

    /// <summary>Returns the loans of an organisation with these ids.</summary>
    public static async Task<IReadOnlyList<LoanKey>> FindLoansAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyCollection<LoanId> ids,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select customer_id, id from loan_account where organisation_id = $1 and id = any ($2) and disbursed_on is not null",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(ids) },
        };
        return await ReadLoansAsync(command, cancellation);
    }

    /// <summary>Returns as what an entry of the bank's own is booked.</summary>
    public static async Task<BankMovement> FindMovementAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select kind::text from journal_entry
            where customer_id = $1 and subject_id = $2 and kind in ('BANK_CHARGED', 'BANK_INTEREST_PAID')
            order by recorded_at desc, id desc limit 1
            """,
            connection
        )
        {
            Parameters = { Sql.Value(entry.OrganisationId.AsHolder), Sql.Value(entry.Id.AsSubject) },
        };
        return await command.ExecuteScalarAsync(cancellation) is "BANK_CHARGED"
            ? BankMovement.BankCharge
            : BankMovement.BankInterest;
    }

    private static async Task<IReadOnlyList<LoanKey>> ReadLoansAsync(
        NpgsqlCommand command,
        CancellationToken cancellation
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<LoanKey>();
        while (await reader.ReadAsync(cancellation))
            found.Add(new(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("id")));
        return found;
    }

    /// <summary>The texts of an entry without spaces, each on a line.</summary>
    internal static string TextsOf(StatementEntry entry) =>
        string.Join('\n', Squashed(entry.Reference), Squashed(entry.EndToEndId), Squashed(entry.Text));

    private static string? Squashed(string? text) => text is null ? null : OwnAccount.NumberOf(text);

    private static async Task<IReadOnlyList<StoredEntry>> ReadAsync(
        NpgsqlConnection connection,
        string sql,
        NpgsqlParameter[] parameters,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<StoredEntry>();
        while (await reader.ReadAsync(cancellation))
            entries.Add(Read(reader));
        return entries;
    }

    private static StoredEntry Read(NpgsqlDataReader reader)
    {
        var (currency, state) = (reader.Currency("currency_code"), reader.Word<EntryState>("state"));
        // A detail of a notification is money in the place of its booking.
        var isMoney = state is not (EntryState.Announced or EntryState.Booked);
        return new StoredEntry
        {
            Id = reader.Id<StatementEntryId>("id"),
            OrganisationId = reader.Id<OrganisationId>("organisation_id"),
            StatementId = reader.Id<BankStatementId>("statement_id"),
            AccountId = reader.Id<CollectionAccountId>("collection_account_id"),
            Bank = reader.Word<LedgerAccount>("ledger_account"),
            ImportedBy = reader.Id<UserId>("imported_by"),
            Entry = new StatementEntry
            {
                BookedOn = reader.Date("booked_on"),
                ValueOn = reader.Date("value_on"),
                Amount = reader.Money("amount", currency),
                Status = isMoney ? EntryStatus.Book : reader.Word<EntryStatus>("status"),
                IsReversal = reader.Boolean("is_reversal"),
                Reference = reader.TextOrNull("reference"),
                Text = reader.TextOrNull("text"),
                CounterpartyName = reader.TextOrNull("counterparty_name"),
                CounterpartyAccount = reader.TextOrNull("counterparty_account"),
                BankReference = reader.TextOrNull("bank_reference"),
                BookingReference = reader.TextOrNull("booking_reference"),
                EndToEndId = reader.TextOrNull("end_to_end_id"),
                TransactionCode = reader.TextOrNull("transaction_code"),
                ReturnReason = reader.TextOrNull("return_reason"),
                DetailsDiffer = reader.Boolean("details_differ"),
                RunningBalance = reader.MoneyOrNull("running_balance", currency),
                Line = reader.Integer("line"),
            },
            State = state,
            Decisions = reader.Integer("decisions"),
            PartOf = reader.IdOrNull<RepaymentId>("part_of"),
            Links = ReadLinks(reader, currency),
        };
    }

    private static List<EntryLink> ReadLinks(NpgsqlDataReader reader, Currency currency)
    {
        if (reader.IsNull("repayment_ids"))
            return [];
        var (repayments, customers) = (
            reader.Ids<RepaymentId>("repayment_ids"),
            reader.Ids<CustomerId>("customer_ids")
        );
        var (amounts, effects) = (reader.Get<long[]>("amounts"), reader.Get<string[]>("effects"));
        return
        [
            .. repayments.Select(
                (id, i) =>
                    new EntryLink(customers[i], id, new Money(amounts[i], currency), Words.Read<LinkEffect>(effects[i]))
            ),
        ];
    }
}

using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>Reads and locks entries that are about to be decided, and finds what they may pay.</summary>
public static class EntryMatchStore
{
    private const string Columns = """
        e.id, e.organisation_id, e.statement_id, e.collection_account_id, a.ledger_account,
        coalesce(b.decided_by, b.recorded_by) as imported_by, e.line, e.status, e.booked_on, e.value_on, e.amount,
        e.currency_code, e.is_reversal, e.reference, e.text, e.counterparty_name, e.counterparty_account,
        e.bank_reference, e.end_to_end_id, e.transaction_code, e.return_reason, e.details_differ, e.running_balance,
        w.state, w.decisions, p.repayment_ids, p.customer_ids, p.amounts, p.effects
        """;

    private const string Joins = """
        join statement_entry e on e.id = w.entry_id
        join bank_statement b on b.id = e.statement_id
        join collection_account a on a.id = e.collection_account_id
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

    private const string Lock = $"""
        with w as materialized (
          select entry_id, state, decisions from entry_standing
          where organisation_id = $1 and entry_id = $2 for update)
        select {Columns} from w {Joins}
        """;

    private const string FindLoans = """
        select customer_id, id, reference from loan_account where organisation_id = $1 and reference = any ($2)
        """;

    private const string FindWaiting = """
        select o.id from organisation o
        where exists (select from entry_standing s where s.organisation_id = o.id and s.state = 'WAITING')
        """;

    /// <summary>Returns the organisations that have entries which the rules have not decided about.</summary>
    public static async Task<IReadOnlyList<OrganisationId>> ListWaitingAsync(
        NpgsqlDataSource database,
        CancellationToken cancellation
    )
    {
        await using var command = database.CreateCommand(FindWaiting);
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

    /// <summary>Locks and returns an entry of an organisation; null if it has none with this id.</summary>
    public static async Task<StoredEntry?> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        StatementEntryId id,
        CancellationToken cancellation
    ) =>
        (await ReadAsync(connection, Lock, [Sql.Value(organisationId), Sql.Value(id)], cancellation)).SingleOrDefault();

    /// <summary>Returns the loans of an organisation that have one of these references.</summary>
    public static async Task<IReadOnlyDictionary<string, LoanKey>> FindLoansAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyCollection<string> references,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<string, LoanKey>(StringComparer.Ordinal);
        if (references.Count == 0)
            return found;
        await using var command = new NpgsqlCommand(FindLoans, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(references.ToArray()) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(
                reader.Text("reference"),
                new LoanKey(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("id"))
            );
        }

        return found;
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
            "select customer_id, id from loan_account where organisation_id = $1 and id = any ($2)",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(ids) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<LoanKey>();
        while (await reader.ReadAsync(cancellation))
            found.Add(new(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("id")));
        return found;
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
        var currency = reader.Currency("currency_code");
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
                DetailsDiffer = reader.Boolean("details_differ"),
                RunningBalance = reader.MoneyOrNull("running_balance", currency),
                Line = reader.Integer("line"),
            },
            State = reader.Word<EntryState>("state"),
            Decisions = reader.Integer("decisions"),
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

using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Matching;
using Paydown.Lending.Statements;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>A loan that a payer's account leads to.</summary>
/// <param name="Account">The account.</param>
/// <param name="Loan">The loan.</param>
/// <param name="WasAssigned">True if an officer assigned money of the account to it.</param>
public sealed record AccountsLoan(string Account, LoanKey Loan, bool WasAssigned);

/// <summary>A loan for suggestions, with its customer.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Loan">The loan.</param>
public sealed record SuggestibleLoan(CustomerId CustomerId, CandidateLoan Loan);

/// <summary>
/// Reads what suggestions need, without locks. Each read has a limit per entry or loan: many customers of a lender have
/// the same installment, and a collector pays for many from one account.
/// </summary>
public static class SuggestionStore
{
    private const string FindByAccount = """
        select a.account, l.customer_id, l.account_id, l.was_assigned
        from (select distinct account from unnest($2) as a (account) where account <> '') a
        cross join lateral (
          (select distinct r.customer_id, r.account_id, true as was_assigned
           from (select d.entry_id
                 from entry_decision d
                 join entry_standing s on s.entry_id = d.entry_id and s.decisions = d.number
                 where d.payer_account = a.account and d.state = 'ASSIGNED' and s.organisation_id = $1
                 order by d.decided_at desc limit 5) d
           join entry_link k on k.entry_id = d.entry_id
           join repayment r on r.customer_id = k.customer_id and r.id = k.repayment_id)
          union all
          (select l.customer_id, l.id, false
           from bank_account b
           join loan_account l on l.customer_id = b.customer_id and l.state not in ('CLOSED', 'OVERPAID', 'PENDING_DISBURSEMENT')
           where b.organisation_id = $1 and b.account_number = a.account limit 5)) l
        """;

    // Among some reports of an amount only, which can be that of thousands: by the customer's name, and by the payer's
    // own words.
    private const string FindByText = """
        with entry as (select * from unnest($2, $3, $4, $5) as e (amount, words, texts, value_on))
        select r.customer_id, r.account_id
        from entry e
        cross join lateral (
          select p.customer_id, p.repayment_id from pending_repayment p
          where p.organisation_id = $1 and p.amount = e.amount limit 100) p
        join app_user u on u.id = p.customer_id
        join repayment r on r.customer_id = p.customer_id and r.id = p.repayment_id
        where position(' ' || regexp_replace(upper(u.last_name), '[^[:alnum:]]+', ' ', 'g') || ' ' in e.words) > 0
        union
        select r.customer_id, r.account_id
        from entry e
        cross join lateral (
          select r.customer_id, r.account_id, r.reference from repayment r
          where r.organisation_id = $1 and r.amount = e.amount and not r.reference_matches
            and r.paid_on between e.value_on - 31 and e.value_on + 31 limit 200) r
        where length(reference_key(r.reference)) > 2
          and position(upper(regexp_replace(r.reference, '[^A-Za-z0-9]', '', 'g')) in e.texts) > 0
        """;

    private const string ReadLoans = """
        select l.customer_id, l.id, l.reference, l.state, l.currency_code, l.collector,
               u.first_name || ' ' || u.last_name as customer_name
        from unnest($1, $2) as asked (customer_id, id)
        join loan_account l on l.customer_id = asked.customer_id and l.id = asked.id
        join app_user u on u.id = l.customer_id
        """;

    private const string ReadReports = """
        select r.*
        from unnest($1, $2) as asked (customer_id, id)
        cross join lateral (
          select r.id, r.account_id, coalesce(s.amount, r.amount)::bigint as amount, l.currency_code,
                 coalesce(s.paid_on, r.paid_on) as paid_on, s.status is not null as is_verified,
                 case when not r.reference_matches then r.reference end as own_reference, b.account_number
          from repayment r
          join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id
          left join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id
          left join bank_account b on b.customer_id = r.customer_id and b.id = r.bank_account_id
          where r.customer_id = asked.customer_id and r.account_id = asked.id
            and (s.status is null
              or s.status = 'VERIFIED' and r.method in ('BANK_TRANSFER', 'DIRECT_DEBIT')
                and not exists (select from entry_link k where k.repayment_id = r.id))
          order by s.status nulls first, r.paid_on desc, r.id limit 20) r
        """;

    private const string FindWaitingFor = """
        select d.entry_id, d.loan_id
        from entry_decision d
        join entry_standing s on s.entry_id = d.entry_id and s.decisions = d.number
        where d.loan_id = any ($2) and s.organisation_id = $1 and s.state in ('TO_DECIDE', 'UNMATCHED') and s.amount > 0
        order by d.entry_id limit 200
        """;

    /// <summary>Returns the loans that the payers' accounts of entries lead to.</summary>
    public static async Task<IReadOnlyList<AccountsLoan>> FindByAccountAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        var accounts = entries.Select(entry => OwnAccount.NumberOf(entry.Entry.CounterpartyAccount ?? "")).ToArray();
        await using var command = new NpgsqlCommand(FindByAccount, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(accounts) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<AccountsLoan>();
        while (await reader.ReadAsync(cancellation))
            found.Add(new(reader.Text("account"), KeyOf(reader, "account_id"), reader.Boolean("was_assigned")));
        return found;
    }

    /// <summary>
    /// Returns the loans with a report of an entry's amount whose customer's name or own words are in the entry.
    /// </summary>
    public static async Task<IReadOnlyList<LoanKey>> FindByTextAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        new RowsStatement<StoredEntry>(FindByText, entries)
            .With(organisationId)
            .Column(entry => entry.Amount)
            .Column(entry => WordsOf(entry.Entry))
            .Column(entry => EntryMatchStore.TextsOf(entry.Entry))
            .Column(entry => entry.Entry.ValueOn)
            .AddTo(batch);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var found = new List<LoanKey>();
        while (await reader.ReadAsync(cancellation))
            found.Add(KeyOf(reader, "account_id"));
        return found;
    }

    /// <summary>Returns loans with the names of their customers.</summary>
    public static async Task<IReadOnlyList<SuggestibleLoan>> ReadLoansAsync(
        NpgsqlConnection connection,
        IReadOnlyList<LoanKey> keys,
        CancellationToken cancellation
    )
    {
        await using var command = Of(connection, ReadLoans, keys);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var loans = new List<SuggestibleLoan>();
        while (await reader.ReadAsync(cancellation))
        {
            var loan = new CandidateLoan
            {
                Id = reader.Id<LoanId>("id"),
                Reference = reader.Text("reference"),
                State = reader.Word<LoanStatus>("state"),
                Currency = reader.Currency("currency_code"),
                Collector = reader.TextOrNull("collector"),
                CustomerName = reader.Text("customer_name"),
            };
            loans.Add(new(reader.Id<CustomerId>("customer_id"), loan));
        }

        return loans;
    }

    /// <summary>Returns repayments of loans that no entry pays, the pending ones first and not all of many.</summary>
    public static async Task<IReadOnlyList<CandidateReport>> ReadReportsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<LoanKey> keys,
        CancellationToken cancellation
    )
    {
        await using var command = Of(connection, ReadReports, keys);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var reports = new List<CandidateReport>();
        while (await reader.ReadAsync(cancellation))
        {
            reports.Add(
                new()
                {
                    Id = reader.Id<RepaymentId>("id"),
                    LoanId = reader.Id<LoanId>("account_id"),
                    Amount = reader.Money("amount", reader.Currency("currency_code")),
                    PaidOn = reader.Date("paid_on"),
                    IsVerified = reader.Boolean("is_verified"),
                    OwnReference = reader.TextOrNull("own_reference"),
                    PayerAccount = reader.TextOrNull("account_number"),
                }
            );
        }

        return reports;
    }

    /// <summary>Returns the entries that wait and name one of these loans.</summary>
    public static async Task<IReadOnlyList<EarlierCredit>> FindWaitingForAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyCollection<LoanId> loans,
        CancellationToken cancellation
    )
    {
        var named = new Dictionary<StatementEntryId, LoanId>();
        await using (var command = new NpgsqlCommand(FindWaitingFor, connection))
        {
            command.Parameters.Add(Sql.Value(organisationId));
            command.Parameters.Add(Sql.Value(loans));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                named[reader.Id<StatementEntryId>("entry_id")] = reader.Id<LoanId>("loan_id");
        }

        var entries = await EntryMatchStore.ListAsync(connection, organisationId, named.Keys, cancellation);
        return [.. entries.Select(entry => new EarlierCredit(entry.Id, entry.Entry) { WaitsFor = named[entry.Id] })];
    }

    private static NpgsqlCommand Of(NpgsqlConnection connection, string sql, IReadOnlyList<LoanKey> keys) =>
        new(sql, connection)
        {
            Parameters =
            {
                Sql.Value([.. keys.Select(key => key.CustomerId)]),
                Sql.Value([.. keys.Select(key => key.LoanId)]),
            },
        };

    private static LoanKey KeyOf(NpgsqlDataReader reader, string loan) =>
        new(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>(loan));

    private static string WordsOf(StatementEntry entry)
    {
        var text = $" {entry.CounterpartyName} {entry.Text} ";
        var words = string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $" {string.Join(' ', words)} ";
    }
}

using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Ledger;

/// <summary>Reads the ledger of an organisation.</summary>
public static class LedgerStore
{
    private const string Balances = """
        select a.number,
               coalesce(sum(b.debit - b.credit) filter (where b.month < $3), 0)::bigint as opening,
               coalesce(sum(b.debit) filter (where b.month = $3), 0)::bigint as debits,
               coalesce(sum(b.credit) filter (where b.month = $3), 0)::bigint as credits
        from ledger_account a
        left join ledger_balance b
          on b.ledger_account = a.number and b.organisation_id = $1 and b.currency_code = $2 and b.month <= $3
        group by a.number order by a.number
        """;

    private const string Booked = """
        from journal_entry e
        where e.organisation_id = $1 and e.effective_on >= $2 and e.effective_on < $3 and $4 = any (e.ledger_accounts)
        """;

    // The accounts of nearly every entry. An index finds the entries that book any other account (0008_ledger.sql).
    private const string Others = $"{Booked} and not e.ledger_accounts <@ '{{1020, 1110, 1120, 4010}}'::smallint[]";

    private static readonly PageQuery OfUsualAccount = Query(Booked);
    private static readonly PageQuery OfOtherAccount = Query(Others);

    /// <summary>The balances of all accounts in a month.</summary>
    public static async Task<IReadOnlyList<AccountBalance>> ReadBalancesAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Currency currency,
        LedgerMonth month,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Balances, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(currency.Code), Sql.Value(month.First) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var balances = new List<AccountBalance>();
        while (await reader.ReadAsync(cancellation))
        {
            var account = (LedgerAccount)reader.Get<short>("number");
            var (opening, debits, credits) = (
                reader.Money("opening", currency),
                reader.Money("debits", currency),
                reader.Money("credits", currency)
            );
            balances.Add(
                new AccountBalance
                {
                    Account = account,
                    Number = (short)account,
                    Class = ChartOfAccounts.ClassOf(account),
                    OpeningBalance = opening,
                    Debits = debits,
                    Credits = credits,
                    ClosingBalance = opening + debits - credits,
                }
            );
        }

        return balances;
    }

    /// <summary>One page of the postings of an account in a month, by effective date and entry.</summary>
    public static Task<PageRecords<PostingView>> ListPostingsAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        LedgerAccount account,
        LedgerMonth month,
        Paging paging,
        CancellationToken cancellation
    )
    {
        var isUsual =
            account
            is LedgerAccount.CollectionAccount
                or LedgerAccount.LoanPrincipal
                or LedgerAccount.InterestReceivable
                or LedgerAccount.InterestIncome;
        return (isUsual ? OfUsualAccount : OfOtherAccount).ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Date, NpgsqlDbType.Uuid],
            [Sql.Value(organisationId), Sql.Value(month.First), Sql.Value(month.End), Sql.Value((short)account)],
            Read,
            cancellation
        );
    }

    private static PageQuery Query(string from) =>
        new(
            $"{from} order by e.effective_on",
            $"""
            select e.id, e.kind::text as kind, e.subject_id, e.detail, e.currency_code, e.effective_on, e.recorded_at,
                   e.customer_id, e.account_id, e.amounts[array_position(e.ledger_accounts, $4)] as amount
            {from} and ($5::date is null or (e.effective_on >= $5 and (e.effective_on, e.id) > ($5, $6::uuid)))
            order by e.effective_on, e.id limit $7 offset $8
            """
        );

    private static PostingView Read(NpgsqlDataReader reader)
    {
        var (kind, subjectId) = (reader.Word<JournalEntryKind>("kind"), reader.Id<SubjectId>("subject_id"));
        var currency = reader.Currency("currency_code");
        return new PostingView
        {
            EntryId = reader.Id<JournalEntryId>("id"),
            Kind = kind,
            Narration = Narration.Of(kind, subjectId, reader.TextOrNull("detail")),
            Amount = reader.Money("amount", currency),
            CurrencyCode = currency.Code,
            EffectiveOn = reader.Date("effective_on"),
            RecordedAt = reader.Instant("recorded_at"),
            CustomerId = reader.Id<CustomerId>("customer_id"),
            AccountId = reader.IdOrNull<LoanId>("account_id"),
            SubjectId = subjectId,
        };
    }
}

using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>Reads what bank accounts and their ledger consist of, by the function <c>bank_part</c>.</summary>
public static class ReconciliationStore
{
    private const string Sum = """
        select a.id, a.name, a.account_number, a.currency_code, p.side, p.kind, p.count, p.amount, p.unlinked,
               p.on_day, p.statement_id, f.name as file_name
        from collection_account a
        left join lateral (
          select side, kind, count(*)::int as count, sum(amount)::bigint as amount,
                 coalesce(sum(amount) filter (where entry_id is null), 0)::bigint as unlinked,
                 min(on_day) as on_day, (array_agg(statement_id))[1] as statement_id
          from bank_part($1, coalesce($3::date, 'infinity')) where account_id = $2 group by side, kind) p on true
        left join bank_statement s on s.id = p.statement_id
        left join statement_file f on f.organisation_id = s.organisation_id and f.hash = s.file_hash
        where a.organisation_id = $1 and a.id = $2
        order by p.side desc, p.kind
        """;

    private const string Items = """
        from bank_part($1, coalesce($3::date, 'infinity')) p
        where p.account_id = $2 and p.side in ('LEDGER', 'BANK')
          and ($4::text is null or p.side = $4) and ($5::text is null or p.kind = $5)
        """;

    private static readonly PageQuery Page = new(
        Items,
        $"""
        select p.*, a.currency_code, e.counterparty_name, u.first_name || ' ' || u.last_name as customer_name
        from (select p.* {Items} and ($6::date is null or (p.on_day, p.item_id) > ($6, $7::uuid))
              order by p.on_day, p.item_id limit $8 offset $9) p
        join collection_account a on a.id = p.account_id
        left join statement_entry e on e.id = p.entry_id
        left join app_user u on u.id = p.customer_id
        order by p.on_day, p.item_id
        """
    );

    /// <summary>Returns the sums of an account of an organisation; null if it has none with this id.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="id">The account.</param>
    /// <param name="asOf">A past day; null for all that is known.</param>
    /// <param name="today">The organisation's date.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<BankReconciliation?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectionAccountId id,
        DateOnly? asOf,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Sum, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id), Sql.Value(asOf, NpgsqlDbType.Date) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        BankSums? sums = null;
        while (await reader.ReadAsync(cancellation))
        {
            sums ??= new(
                reader.Id<CollectionAccountId>("id"),
                reader.Text("name"),
                reader.Text("account_number"),
                reader.Currency("currency_code")
            );
            if (!reader.IsNull("side"))
                sums.Add(reader);
        }

        return sums?.ToView(asOf ?? today);
    }

    /// <summary>Returns a page of the items in transit of an account, oldest first.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="id">The account.</param>
    /// <param name="asOf">A past day; null for all that is known.</param>
    /// <param name="side">Only items that this side has; null for all.</param>
    /// <param name="kind">Only items of this kind; null for all.</param>
    /// <param name="paging">The page.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static Task<PageRecords<(SubjectId Key, TransitItem Item)>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CollectionAccountId id,
        DateOnly? asOf,
        TransitSide? side,
        TransitKind? kind,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Date, NpgsqlDbType.Uuid],
            [
                Sql.Value(organisationId),
                Sql.Value(id),
                Sql.Value(asOf, NpgsqlDbType.Date),
                Sql.Value(side is { } one ? Words.Write(one) : null, NpgsqlDbType.Text),
                Sql.Value(kind is { } only ? Words.Write(only) : null, NpgsqlDbType.Text),
            ],
            reader => (reader.Id<SubjectId>("item_id"), Read(reader)),
            cancellation
        );

    private static TransitItem Read(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new()
        {
            Side = reader.Word<TransitSide>("side"),
            Kind = reader.Word<TransitKind>("kind"),
            Amount = reader.Money("amount", currency),
            CurrencyCode = currency.Code,
            On = reader.Date("on_day"),
            EntryId = reader.IdOrNull<StatementEntryId>("entry_id"),
            CounterpartyName = reader.TextOrNull("counterparty_name"),
            CustomerId = reader.IdOrNull<CustomerId>("customer_id"),
            CustomerName = reader.TextOrNull("customer_name"),
            AccountId = reader.IdOrNull<LoanId>("loan_id"),
            RepaymentId = reader.IdOrNull<RepaymentId>("repayment_id"),
            BookedAs = reader.WordOrNull<JournalEntryKind>("booked_as"),
        };
    }

    // The parts of one account, as they are read.
    private sealed class BankSums(CollectionAccountId id, string name, string number, Currency currency)
    {
        private readonly Dictionary<string, Money> parts = [];
        private readonly List<TransitTotal> items = [];
        private BankStatementId? statementId;
        private string? fileName;
        private DateOnly? statementOn;
        private Money unlinked = Money.Zero(currency);

        public void Add(NpgsqlDataReader row)
        {
            var (side, amount) = (row.Text("side"), row.Money("amount", currency));
            parts[side] = Of(side) + amount;
            if (side == "CLOSING")
            {
                statementId = row.Id<BankStatementId>("statement_id");
                (fileName, statementOn) = (row.Text("file_name"), row.Date("on_day"));
            }

            if (row.IsNull("kind"))
                return;
            var total = new TransitTotal(
                row.Word<TransitSide>("side"),
                row.Word<TransitKind>("kind"),
                row.Integer("count"),
                amount,
                row.Date("on_day")
            );
            items.Add(total);
            if (total.Side == TransitSide.Ledger)
                unlinked += row.Money("unlinked", currency);
        }

        public BankReconciliation ToView(DateOnly asOf)
        {
            var (closing, opening, missing) = (Of("CLOSING"), Of("OPENING"), Of("MISSING"));
            var (before, inTransit, notBooked) = (Of("BEFORE"), Of("LEDGER"), Of("BANK"));
            var ledger = before + Of("BOOKED") + unlinked;
            return new()
            {
                CollectionAccountId = id,
                AccountName = name,
                AccountNumber = number,
                CurrencyCode = currency.Code,
                AsOf = asOf,
                BankStatementId = statementId,
                FileName = fileName,
                StatementDate = statementOn,
                StatementBalance = statementId is null ? null : closing,
                LedgerBalance = ledger,
                OpeningDifference = statementId is null ? null : opening - before,
                Missing = missing,
                NotBooked = notBooked,
                InTransit = inTransit,
                Unexplained = closing - opening - missing - notBooked - (ledger - before - inTransit),
                Items = items,
            };
        }

        private Money Of(string side) => parts.GetValueOrDefault(side, Money.Zero(currency));
    }
}

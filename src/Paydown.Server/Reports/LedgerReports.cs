using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Reports;

/// <summary>The reports of the ledger itself: the trial balance, and the entries of one account.</summary>
internal static class LedgerReports
{
    public static Report TrialBalance { get; } =
        new()
        {
            Name = "trial-balance",
            Definition =
                "The balance of every account before the period, its debits and credits in the period, and its "
                + "balance after it, by effective date. A debit balance is positive, a credit balance negative; "
                + "opening and closing balances add up to zero.",
            Parameters = ReportParameters.Period,
            Columns =
            [
                ReportColumn.Number("number", "The number of the account."),
                ReportColumn.Text("account", "The name of the account."),
                ReportColumn.Text("class", "ASSET, LIABILITY, INCOME or EXPENSE."),
                ReportColumn.Amount("openingBalance", "The balance before the period."),
                ReportColumn.Amount("debits", "The debits of the period."),
                ReportColumn.Amount("credits", "The credits of the period, positive."),
                ReportColumn.Amount("closingBalance", "The balance after the period."),
            ],
            Rows = TrialBalanceRowsAsync,
            Ties = (reading, totals) =>
                Task.FromResult<IReadOnlyList<ReportTie>>([
                    new("Debits and credits", totals["debits"], totals["credits"]),
                    new("All closing balances", totals["closingBalance"], reading.Money(0)),
                ]),
        };

    public static Report GeneralLedger { get; } =
        new()
        {
            Name = "general-ledger",
            Definition =
                "The entries that post an account of the ledger, by effective date, with the balance after each: "
                + "a debit is positive, a credit negative. The first row has the balance before the period. The "
                + "entry and the loan lead to what happened.",
            Parameters = ReportParameters.Period | ReportParameters.Account,
            Columns =
            [
                ReportColumn.Date("date", "The effective date."),
                ReportColumn.Text("entryId", "The journal entry; none in the first row."),
                ReportColumn.Text("kind", "What the entry books."),
                ReportColumn.Text("narration", "What happened, in words."),
                ReportColumn.Text("accountId", "The loan account; none for what concerns no loan."),
                ReportColumn.Instant("recordedAt", "When the entry was recorded."),
                ReportColumn.Amount("amount", "Debit, or credit if negative."),
                ReportColumn.Balance("balance", "The balance after the entry."),
            ],
            Rows = LedgerRowsAsync,
            Ties = async (reading, totals) =>
            {
                var moved = await BalanceAsync(reading, reading.Request.Account!.Value);
                return [new("Entries and what moved the account", totals["amount"], moved.Debits - moved.Credits)];
            },
        };

    private const string Entries = """
        select e.id, e.kind::text as kind, e.subject_id, e.detail, e.effective_on, e.recorded_at, e.account_id,
               e.amounts[array_position(e.ledger_accounts, $6)] as amount
        from journal_entry e
        where e.organisation_id = $1 and e.effective_on >= $2 and e.effective_on <= $3 and e.currency_code = $4
          and e.recorded_at < $5 and $6 = any (e.ledger_accounts)
        order by e.effective_on, e.id
        """;

    // The months before the first one that the journal is read for come from the sums that the database keeps. As known
    // then, there are no such sums, and the journal is read from its beginning.
    private const string Balances = """
        with moved as (
          select p.account, sum(p.amount) filter (where e.effective_on < $2) as opening,
                 sum(p.amount) filter (where e.effective_on >= $2 and p.amount > 0) as debits,
                 -sum(p.amount) filter (where e.effective_on >= $2 and p.amount < 0) as credits
          from journal_entry e cross join lateral unnest(e.ledger_accounts, e.amounts) as p (account, amount)
          where e.organisation_id = $1 and e.effective_on >= $6 and e.effective_on <= $3 and e.currency_code = $4
            and e.recorded_at < $5
          group by p.account),
        before as (
          select ledger_account as account, sum(debit - credit) as opening from ledger_balance
          where organisation_id = $1 and currency_code = $4 and month < $6 group by ledger_account)
        select a.number, (coalesce(b.opening, 0) + coalesce(m.opening, 0))::bigint as opening,
               coalesce(m.debits, 0)::bigint as debits, coalesce(m.credits, 0)::bigint as credits
        from ledger_account a
        left join moved m on m.account = a.number
        left join before b on b.account = a.number
        order by a.number
        """;

    /// <summary>Reads the balances of all accounts for the period of a report.</summary>
    internal static IAsyncEnumerable<BalanceOfPeriod> BalancesAsync(ReportReading reading)
    {
        var (from, known) = (reading.Request.From, reading.Request.Known);
        var journalFrom = known == ReportKnowledge.Now ? new DateOnly(from.Year, from.Month, 1) : DateOnly.MinValue;
        return reading.ReadAsync(
            Balances,
            [
                Sql.Value(reading.OrganisationId),
                Sql.Value(from),
                Sql.Value(reading.Request.To),
                Sql.Value(reading.Currency.Code),
                Sql.Value(reading.Request.RecordedBefore),
                Sql.Value(journalFrom),
            ],
            row => new BalanceOfPeriod(
                (LedgerAccount)row.Get<short>("number"),
                row.Money("opening", reading.Currency),
                row.Money("debits", reading.Currency),
                row.Money("credits", reading.Currency)
            )
        );
    }

    /// <summary>Reads the balance of one account for the period of a report.</summary>
    internal static async Task<BalanceOfPeriod> BalanceAsync(ReportReading reading, LedgerAccount account)
    {
        var found = new BalanceOfPeriod(account, reading.Money(0), reading.Money(0), reading.Money(0));
        await foreach (var balance in BalancesAsync(reading))
            if (balance.Account == account)
                found = balance;
        return found;
    }

    private static async IAsyncEnumerable<object?[]> TrialBalanceRowsAsync(ReportReading reading)
    {
        await foreach (var balance in BalancesAsync(reading))
            yield return
            [
                (long)balance.Account,
                Words.Write(balance.Account),
                Words.Write(ChartOfAccounts.ClassOf(balance.Account)),
                balance.Opening,
                balance.Debits,
                balance.Credits,
                balance.Closing,
            ];
    }

    private static async IAsyncEnumerable<object?[]> LedgerRowsAsync(ReportReading reading)
    {
        var account = reading.Request.Account!.Value;
        var balance = (await BalanceAsync(reading, account)).Opening;
        var isFirst = true;
        var entries = reading.ReadAsync(
            Entries,
            [.. MoneyReports.OfPeriod(reading), Sql.Value((short)account)],
            row => EntryRow(row, reading)
        );
        await foreach (var row in entries)
        {
            if (isFirst)
                yield return OpeningRow(reading, balance);
            isFirst = false;
            balance += (Money)row[^2]!;
            row[^1] = balance;
            yield return row;
        }

        if (isFirst && !balance.IsZero)
            yield return OpeningRow(reading, balance);
    }

    private static object?[] OpeningRow(ReportReading reading, Money balance) =>
        [reading.Request.From, null, null, "Opening balance", null, null, null, balance];

    private static object?[] EntryRow(NpgsqlDataReader row, ReportReading reading)
    {
        var kind = row.Word<JournalEntryKind>("kind");
        return
        [
            row.Date("effective_on"),
            row.Id<JournalEntryId>("id").ToString(),
            Words.Write(kind),
            Narration.Of(kind, row.Id<SubjectId>("subject_id"), row.TextOrNull("detail")),
            row.IdOrNull<LoanId>("account_id")?.ToString(),
            row.Instant("recorded_at"),
            row.Money("amount", reading.Currency),
            null,
        ];
    }
}

/// <summary>The balance of an account and what moved it in a period; debits are positive.</summary>
internal readonly record struct BalanceOfPeriod(LedgerAccount Account, Money Opening, Money Debits, Money Credits)
{
    public Money Closing => Opening + Debits - Credits;
}

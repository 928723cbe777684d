using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Reports;

/// <summary>The reports of what was lost: write-offs and recoveries, and arrears by month of payout.</summary>
internal static class LossReports
{
    private const int LateDays = 30;

    private static readonly LedgerAccount[] ChargeOffs =
    [
        LedgerAccount.ChargeOffExpense,
        LedgerAccount.ChargeOffInterest,
        LedgerAccount.ChargeOffCharges,
    ];

    public static Report WriteOffs { get; } =
        new()
        {
            Name = "write-offs",
            Definition =
                "Entries that charge off or write off a debt, or recover money after that, by effective date. "
                + "Written off is the debit of WRITE_OFF_EXPENSE and of the accounts of charge-offs, split into "
                + "what it took off each receivable; recovered is the credit of RECOVERY_INCOME. Both are negative "
                + "on the day on which they are undone.",
            Parameters = ReportParameters.Period,
            Columns =
            [
                ReportColumn.Date("date", "The effective date."),
                ReportColumn.Text("customer", "The name of the customer."),
                ReportColumn.Text("product", "The product."),
                ReportColumn.Text("accountId", "The loan account."),
                ReportColumn.Text("entryId", "The journal entry."),
                ReportColumn.Text("kind", "What the entry books."),
                ReportColumn.Amount("writtenOff", "Debt charged off or written off."),
                ReportColumn.Amount("principal", "Principal in it."),
                ReportColumn.Amount("interest", "Recognised interest in it."),
                ReportColumn.Amount("fees", "Fees in it."),
                ReportColumn.Amount("penalties", "Penalties in it."),
                ReportColumn.Amount("recovered", "Money recovered."),
            ],
            Rows = reading => reading.ReadAsync(Lost, MoneyReports.OfPeriod(reading), row => LostRow(row, reading)),
            Ties = LossTiesAsync,
        };

    public static Report Vintage { get; } =
        new()
        {
            Name = "vintage",
            Definition =
                "Loans by the month of their first payout: the outstanding principal of those that are MORE than "
                + "30 days late, divided by all principal paid out in that month. Written-off principal is shown "
                + "beside and is not in the share.",
            Parameters = ReportParameters.AsOf | ReportParameters.Product,
            Columns =
            [
                ReportColumn.Text("month", "The month of the first payout."),
                ReportColumn.Count("loans", "Loans paid out."),
                ReportColumn.Amount("disbursed", "Principal paid out."),
                ReportColumn.Amount("principal", "Outstanding principal."),
                ReportColumn.Amount("principalOver30", "Principal of loans more than 30 days late."),
                ReportColumn.Amount("writtenOff", "Principal written off and not recovered."),
                ReportColumn.Rate("share", "principalOver30", "disbursed", "Share more than 30 days late."),
            ],
            Rows = VintageRowsAsync,
            Ties = LoanReports.PrincipalTieAsync,
        };

    private const string Lost = """
        select e.effective_on, e.id, e.kind::text as kind, e.account_id, l.product_name,
               u.first_name || ' ' || u.last_name as customer,
               coalesce(e.amounts[array_position(e.ledger_accounts, 5010::smallint)], 0)
                 + coalesce(e.amounts[array_position(e.ledger_accounts, 5050::smallint)], 0)
                 + coalesce(e.amounts[array_position(e.ledger_accounts, 5060::smallint)], 0)
                 + coalesce(e.amounts[array_position(e.ledger_accounts, 5070::smallint)], 0) as lost,
               -coalesce(e.amounts[array_position(e.ledger_accounts, 1110::smallint)], 0) as principal,
               -coalesce(e.amounts[array_position(e.ledger_accounts, 1120::smallint)], 0) as interest,
               -coalesce(e.amounts[array_position(e.ledger_accounts, 1130::smallint)], 0) as fees,
               -coalesce(e.amounts[array_position(e.ledger_accounts, 1140::smallint)], 0) as penalties,
               -coalesce(e.amounts[array_position(e.ledger_accounts, 4040::smallint)], 0) as recovered
        from journal_entry e
        left join loan_account l on l.customer_id = e.customer_id and l.id = e.account_id
        left join app_user u on u.id = e.customer_id
        where e.organisation_id = $1 and e.effective_on >= $2 and e.effective_on <= $3 and e.currency_code = $4
          and e.recorded_at < $5 and e.ledger_accounts && '{5010, 5050, 5060, 5070, 4040}'::smallint[]
        order by e.effective_on, e.id
        """;

    private static object?[] LostRow(NpgsqlDataReader row, ReportReading reading)
    {
        var lost = row.Long("lost");
        return
        [
            row.Date("effective_on"),
            row.TextOrNull("customer"),
            row.TextOrNull("product_name"),
            row.IdOrNull<LoanId>("account_id")?.ToString(),
            row.Id<JournalEntryId>("id").ToString(),
            row.Text("kind"),
            reading.Money(lost),
            Part("principal"),
            Part("interest"),
            Part("fees"),
            Part("penalties"),
            row.Money("recovered", reading.Currency),
        ];

        // What a recovery settles beyond the loss is no write-off.
        object Part(string column) => reading.Money(lost == 0 ? 0 : row.Long(column));
    }

    private static async Task<IReadOnlyList<ReportTie>> LossTiesAsync(ReportReading reading, ReportTotals totals)
    {
        var (lost, chargedOff) = (await CostAsync(LedgerAccount.WriteOffExpense), reading.Money(0));
        foreach (var account in ChargeOffs)
            chargedOff += await CostAsync(account);
        var recovered = await LedgerReports.BalanceAsync(reading, LedgerAccount.RecoveryIncome);
        return
        [
            new(
                "Written off, and WRITE_OFF_EXPENSE with the accounts of charge-offs",
                totals["writtenOff"],
                lost + chargedOff
            ),
            new("Recovered and RECOVERY_INCOME", totals["recovered"], recovered.Credits - recovered.Debits),
        ];

        async Task<Money> CostAsync(LedgerAccount account)
        {
            var balance = await LedgerReports.BalanceAsync(reading, account);
            return balance.Debits - balance.Credits;
        }
    }

    private static DateOnly FirstPayoutOn(Loan state) =>
        state.Transactions.First(one => one is { Kind: LoanEventKind.Disbursement, IsReversed: false }).On;

    private static async IAsyncEnumerable<object?[]> VintageRowsAsync(ReportReading reading)
    {
        var months = new SortedDictionary<string, (long Loans, long Paid, long Owed, long Late, long Lost)>(
            StringComparer.Ordinal
        );
        await foreach (var (_, state) in ReportLoans.ReadAsync(reading, reading.Request.To))
        {
            var month = $"{FirstPayoutOn(state):yyyy-MM}";
            var sums = months.GetValueOrDefault(month);
            var owed = LoanReports.IsRunning(state) ? state.Outstanding.Principal : 0;
            var isLate = owed > 0 && Arrears.Of(state, ArrearsPolicy.Default).DaysPastDue > LateDays;
            months[month] = (
                sums.Loans + 1,
                sums.Paid + state.Disbursed.MinorUnits,
                sums.Owed + owed,
                sums.Late + (isLate ? owed : 0),
                sums.Lost + state.WrittenOff.Principal
            );
        }

        foreach (var (month, sums) in months)
            yield return
            [
                month,
                sums.Loans,
                reading.Money(sums.Paid),
                reading.Money(sums.Owed),
                reading.Money(sums.Late),
                reading.Money(sums.Lost),
                null,
            ];
    }
}

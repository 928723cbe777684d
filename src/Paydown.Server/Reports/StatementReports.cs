using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Reports;

/// <summary>The statement of one loan, and the money that waits for somebody to say whose it is.</summary>
internal static class StatementReports
{
    public static Report LoanStatement { get; } =
        new()
        {
            Name = "loan-statement",
            Definition =
                "The events of one loan in order of value date, each with its split and the balances after it, "
                + "as of a day. A reversed event is shown without balances, because it has no effect. The balance "
                + "is all that is outstanding on the whole schedule.",
            Parameters = ReportParameters.AsOf | ReportParameters.AccountId,
            IsForCashiers = true,
            Columns =
            [
                ReportColumn.Date("date", "The value date."),
                ReportColumn.Text("kind", "The kind of event."),
                ReportColumn.Text("eventId", "The event; of a repayment the id of the repayment."),
                ReportColumn.Text("state", "COUNTS or REVERSED."),
                ReportColumn.Balance("amount", "The amount."),
                ReportColumn.Balance("principal", "Principal in it."),
                ReportColumn.Balance("interest", "Interest in it."),
                ReportColumn.Balance("fees", "Fees in it."),
                ReportColumn.Balance("penalties", "Penalties in it."),
                ReportColumn.Balance("overpaid", "The part beyond everything owed."),
                ReportColumn.Balance("principalBalance", "Outstanding principal after it."),
                ReportColumn.Balance("balance", "All that is outstanding after it."),
            ],
            Rows = StatementRowsAsync,
            Ties = StatementTiesAsync,
        };

    public static Report UnmatchedMoney { get; } =
        new()
        {
            Name = "unmatched-money",
            Definition =
                "What waits for a decision now: entries of bank statements that nobody has identified (money out "
                + "is negative), and reported repayments that are not verified. Age is the number of days since "
                + "the entry was booked or the repayment was reported.",
            Parameters = ReportParameters.None,
            IsForCashiers = true,
            Columns =
            [
                ReportColumn.Text("kind", "BANK_ENTRY or REPORTED_REPAYMENT."),
                ReportColumn.Text("id", "The entry of the statement, or the repayment."),
                ReportColumn.Date("date", "The day of booking, or of the report."),
                ReportColumn.Number("age", "Days since then."),
                ReportColumn.Text("reference", "The reference of the payer."),
                ReportColumn.Text("payer", "The name of the payer or the customer."),
                ReportColumn.Instant("lastLookAt", "When the matching rules last looked at it."),
                ReportColumn.Amount("unidentified", "Money at the bank that nobody has identified."),
                ReportColumn.Amount("reported", "Money reported and not verified."),
            ],
            Rows = UnmatchedRowsAsync,
            Ties = UnmatchedTiesAsync,
        };

    private const string PrincipalOfLoan = """
        select coalesce(sum(e.amounts[array_position(e.ledger_accounts, 1110::smallint)]), 0)::bigint as principal
        from journal_entry e
        where e.organisation_id = $1 and e.effective_on <= $2 and e.recorded_at < $3 and e.account_id = $4
          and e.customer_id = (select l.customer_id from loan_account l where l.organisation_id = $1 and l.id = $4)
        """;

    private const string Unmatched = """
        select 'BANK_ENTRY' as kind, s.entry_id::text as id, s.booked_on as on_day, e.reference, e.counterparty_name as payer,
               s.considered_at, s.amount as unidentified, null::bigint as reported
        from entry_standing s join statement_entry e on e.id = s.entry_id
        where s.organisation_id = $1 and s.state in ('TO_DECIDE', 'UNMATCHED') and e.currency_code = $2
        union all
        select 'REPORTED_REPAYMENT', p.repayment_id::text, (p.recorded_at at time zone $3)::date, r.reference,
               u.first_name || ' ' || u.last_name, null, null, p.amount
        from pending_repayment p
        join repayment r on r.customer_id = p.customer_id and r.id = p.repayment_id
        left join app_user u on u.id = p.customer_id
        where p.organisation_id = $1
        order by on_day, id
        """;

    private static async IAsyncEnumerable<object?[]> StatementRowsAsync(ReportReading reading)
    {
        var (id, asOf) = (reading.Request.AccountId!.Value, reading.Request.To);
        if (await ReportLoans.FindAsync(reading, id, asOf) is not { State: var state })
            yield break;
        foreach (var one in state.Transactions)
        {
            if (one.On > asOf)
                continue;
            yield return
            [
                one.On,
                Words.Write(one.Kind),
                one.EventId.ToString(),
                one.IsReversed ? "REVERSED" : "COUNTS",
                one.Amount,
                state.Money(one.Components.Principal),
                state.Money(one.Components.Interest),
                state.Money(one.Components.Fees),
                state.Money(one.Components.Penalty),
                one.Overpaid,
                one.IsReversed ? null : one.PrincipalBalance,
                one.IsReversed ? null : one.TotalBalance,
            ];
        }
    }

    private static async Task<IReadOnlyList<ReportTie>> StatementTiesAsync(ReportReading reading, ReportTotals totals)
    {
        var (id, asOf) = (reading.Request.AccountId!.Value, reading.Request.To);
        if (!reading.Request.IsAsBooked)
            return [];
        var found = await ReportLoans.FindAsync(reading, id, asOf);
        // What was charged off is owed, but not in the books.
        var state = found?.State;
        var principal = reading.Money(state is { ChargedOffOn: null } ? state.Outstanding.Principal : 0);
        var ties = new List<ReportTie>();
        await foreach (
            var booked in reading.ReadAsync(
                PrincipalOfLoan,
                [
                    Sql.Value(reading.OrganisationId),
                    Sql.Value(asOf),
                    Sql.Value(reading.Request.RecordedBefore),
                    Sql.Value(id),
                ],
                row => row.Money("principal", reading.Currency)
            )
        )
            ties.Add(new("Outstanding principal and LOAN_PRINCIPAL of the loan", principal, booked));
        return ties;
    }

    private static IAsyncEnumerable<object?[]> UnmatchedRowsAsync(ReportReading reading) =>
        reading.ReadAsync(
            Unmatched,
            [
                Sql.Value(reading.OrganisationId),
                Sql.Value(reading.Currency.Code),
                Sql.Value(reading.Organisation.TimeZone.Id),
            ],
            row =>
            {
                var day = row.Date("on_day");
                return new object?[]
                {
                    row.Text("kind"),
                    row.Text("id"),
                    day,
                    (long)Math.Max(0, reading.Request.To.DayNumber - day.DayNumber),
                    row.TextOrNull("reference"),
                    row.TextOrNull("payer"),
                    row.InstantOrNull("considered_at"),
                    row.MoneyOrNull("unidentified", reading.Currency),
                    row.MoneyOrNull("reported", reading.Currency),
                };
            }
        );

    private static async Task<IReadOnlyList<ReportTie>> UnmatchedTiesAsync(ReportReading reading, ReportTotals totals)
    {
        var ledger = await LedgerReports.BalanceAsync(reading, LedgerAccount.UnidentifiedReceipts);
        return [new("Unidentified and UNIDENTIFIED_RECEIPTS", totals["unidentified"], -ledger.Closing)];
    }
}

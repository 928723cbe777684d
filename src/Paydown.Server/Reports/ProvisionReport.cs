using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Reports;

/// <summary>The report of what is set aside for losses.</summary>
internal static class ProvisionReport
{
    // The last month end's entries and what write-offs took since.
    private const string Allowances = """
        select e.account_id, (-sum(p.amount))::bigint as allowance
        from journal_entry e
        cross join lateral unnest(e.ledger_accounts, e.amounts) as p (account, amount)
        where e.organisation_id = $1 and e.effective_on <= $2 and e.currency_code = $3 and e.recorded_at < $4
          and p.account = $5
        group by e.account_id having sum(p.amount) <> 0
        """;

    public static Report Provision { get; } =
        new()
        {
            Name = "provision",
            Definition =
                "Running loans by bucket of arrears: what the rates of the lender ask to set aside on this day "
                + "(principal, and interest that is recognised and unpaid, times the rate), and what the ledger "
                + "has set aside at the last month end. Loans that have ended are in the bucket ended, and keep "
                + "their allowance until the next month end.",
            Parameters = ReportParameters.AsOf,
            Columns =
            [
                ReportColumn.Text("bucket", "Days late."),
                ReportColumn.Count("loans", "Loans."),
                ReportColumn.Amount("principal", "Outstanding principal."),
                ReportColumn.Amount("interest", "Interest that is recognised and unpaid, without what is in suspense."),
                ReportColumn.Text("rate", "What is expected to be lost, in percent."),
                ReportColumn.Amount("needed", "What the rate asks for on this day."),
                ReportColumn.Amount("allowance", "What the ledger has set aside."),
            ],
            Rows = RowsAsync,
            Ties = TiesAsync,
        };

    private static async IAsyncEnumerable<object?[]> RowsAsync(ReportReading reading)
    {
        var rules = await LoanReports.RulesAsync(reading);
        var allowances = await AllowancesAsync(reading);
        var (starts, rates) = (rules.Arrears.BucketsFrom, rules.Provisions);
        var sums = new Sums[starts.Count + 2];
        await foreach (var (stored, state) in ReportLoans.ReadAsync(reading, reading.Request.To))
        {
            allowances.Remove(stored.Id, out var allowance);
            var isRunning = LoanReports.IsRunning(state);
            if (!isRunning && allowance == 0)
                continue;
            var bucket = isRunning ? Arrears.Of(state, rules.Arrears).Bucket : sums.Length - 1;
            sums[bucket].Loans++;
            sums[bucket].Allowance += allowance;
            if (!isRunning)
                continue;
            var accrued = Accrued(stored, reading.Request.To);
            sums[bucket].Principal += state.Outstanding.Principal;
            sums[bucket].Interest += accrued is { } there ? (there.Unpaid - there.Suspended).MinorUnits : 0;
            sums[bucket].Needed += rates?.Of(state, rules.Arrears, accrued).MinorUnits ?? 0;
        }

        for (var i = 0; i < sums.Length; i++)
        {
            if (sums[i].Loans == 0)
                continue;
            var isEnded = i == sums.Length - 1;
            yield return
            [
                isEnded ? "ended" : LoanReports.NameOf(starts, i),
                sums[i].Loans,
                reading.Money(sums[i].Principal),
                reading.Money(sums[i].Interest),
                rates is null || isEnded ? null : $"{rates.BasisPoints[i] / 100m}",
                reading.Money(sums[i].Needed),
                reading.Money(sums[i].Allowance),
            ];
        }
    }

    // As it would be on the day, also between two posting days.
    private static AccruedInterest? Accrued(StoredLoan stored, DateOnly on)
    {
        var rule = stored.Standing.Accrual;
        return rule.Posting == AccrualPosting.None
            ? null
            : EarnedInterest.Unpaid(stored.Terms, PastEvents.Through(stored.Events, on), on, rule.SuspendedAfterDays);
    }

    private static async Task<Dictionary<LoanId, long>> AllowancesAsync(ReportReading reading)
    {
        NpgsqlParameter[] parameters =
        [
            Sql.Value(reading.OrganisationId),
            Sql.Value(reading.Request.To),
            Sql.Value(reading.Currency.Code),
            Sql.Value(reading.Request.RecordedBefore),
            Sql.Value((short)LedgerAccount.LoanLossAllowance),
        ];
        var found = new Dictionary<LoanId, long>();
        var rows = reading.ReadAsync(
            Allowances,
            parameters,
            row => (Id: row.Id<LoanId>("account_id"), Amount: row.Long("allowance"))
        );
        await foreach (var (id, amount) in rows)
            found.Add(id, amount);
        return found;
    }

    private static async Task<IReadOnlyList<ReportTie>> TiesAsync(ReportReading reading, ReportTotals totals)
    {
        var ledger = await LedgerReports.BalanceAsync(reading, LedgerAccount.LoanLossAllowance);
        return [new("Allowance and LOAN_LOSS_ALLOWANCE", totals["allowance"], -ledger.Closing)];
    }

    private record struct Sums(long Loans, long Principal, long Interest, long Needed, long Allowance);
}

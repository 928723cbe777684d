using Paydown.Lending.Accounting;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;

namespace Paydown.Server.Reports;

/// <summary>The reports over all running loans: portfolio at risk, and arrears by age.</summary>
internal static class LoanReports
{
    private static readonly int[] RiskDays = [1, 30, 60, 90];

    public static Report Portfolio { get; } =
        new()
        {
            Name = "portfolio",
            Definition =
                "Running loans by product, and their portfolio at risk: the whole outstanding principal of loans "
                + "that are MORE than 1, 30, 60 or 90 days late (>, not ≥), divided by the outstanding principal "
                + "of all running loans. A loan is late from the day after the due date of its oldest unpaid "
                + "installment. Loans that were charged off or written off are in neither figure. Restructured "
                + "loans are in both and are shown beside.",
            Parameters = ReportParameters.AsOf | ReportParameters.Product,
            Columns =
            [
                ReportColumn.Text("product", "The product."),
                ReportColumn.Count("loans", "Running loans."),
                ReportColumn.Amount("principal", "Outstanding principal."),
                ReportColumn.Amount("interest", "Unpaid interest of the whole schedule."),
                ReportColumn.Amount("fees", "Unpaid fees."),
                ReportColumn.Amount("penalties", "Unpaid penalties."),
                ReportColumn.Amount("arrears", "What is overdue, of every kind."),
                .. RiskDays.Select(days =>
                    ReportColumn.Amount($"principalOver{days}", $"Principal of loans more than {days} days late.")
                ),
                .. RiskDays.Select(days =>
                    ReportColumn.Rate(
                        $"par{days}",
                        $"principalOver{days}",
                        "principal",
                        $"Portfolio at risk, more than {days} days."
                    )
                ),
                ReportColumn.Count("restructuredLoans", "Loans that were rescheduled, re-aged or re-amortized."),
                ReportColumn.Amount("restructuredPrincipal", "Their outstanding principal."),
            ],
            Rows = PortfolioRowsAsync,
            Ties = PrincipalTieAsync,
        };

    public static Report Ageing { get; } =
        new()
        {
            Name = "ageing",
            Definition =
                "Running loans by the lender's buckets of days since the due date of their oldest unpaid "
                + "installment, without the days of a pause. A loan is in one bucket with all its principal and "
                + "arrears. Loans that were charged off or written off are left out.",
            Parameters = ReportParameters.AsOf | ReportParameters.Product,
            Columns =
            [
                ReportColumn.Text("bucket", "Days late."),
                ReportColumn.Count("loans", "Running loans."),
                ReportColumn.Amount("principal", "Outstanding principal."),
                ReportColumn.Amount("arrears", "What is overdue, of every kind."),
            ],
            Rows = AgeingRowsAsync,
            Ties = PrincipalTieAsync,
        };

    /// <summary>
    /// Compares the column <c>principal</c> with the account of the ledger. As known now, past days differ: the ledger
    /// books a correction on the day of the correction. The ledger knows no products.
    /// </summary>
    internal static async Task<IReadOnlyList<ReportTie>> PrincipalTieAsync(ReportReading reading, ReportTotals totals)
    {
        if (!reading.Request.IsAsBooked || reading.Request.Product is not null)
            return [];
        var ledger = await LedgerReports.BalanceAsync(reading, LedgerAccount.LoanPrincipal);
        return [new("Outstanding principal and LOAN_PRINCIPAL", totals["principal"], ledger.Closing)];
    }

    /// <summary>True if an officer changed the plan of a loan and did not take it back.</summary>
    internal static bool IsRestructured(StoredLoan loan)
    {
        var reversed = loan.Events.OfType<EventReversed>().Select(one => one.EventId).ToHashSet();
        return loan.Events.Any(one =>
            one is LoanRescheduled or LoanReAged or LoanReAmortized && !reversed.Contains(one.Id)
        );
    }

    private static async IAsyncEnumerable<object?[]> PortfolioRowsAsync(ReportReading reading)
    {
        var products = new SortedDictionary<string, PortfolioSums>(StringComparer.Ordinal);
        await foreach (var (stored, state) in ReportLoans.ReadAsync(reading, reading.Request.To))
        {
            if (!IsRunning(state))
                continue;
            if (!products.TryGetValue(stored.ProductName, out var sums))
                products.Add(stored.ProductName, sums = new PortfolioSums());
            sums.Add(stored, state);
        }

        foreach (var (product, sums) in products)
            yield return sums.ToRow(product, reading);
    }

    private static async IAsyncEnumerable<object?[]> AgeingRowsAsync(ReportReading reading)
    {
        var policy = (await RulesAsync(reading)).Arrears;
        var starts = policy.BucketsFrom;
        var sums = new (long Loans, long Principal, long Arrears)[starts.Count + 1];
        var any = false;
        await foreach (var (_, state) in ReportLoans.ReadAsync(reading, reading.Request.To))
        {
            if (!IsRunning(state))
                continue;
            any = true;
            var arrears = Arrears.Of(state, policy);
            ref var bucket = ref sums[arrears.Bucket];
            bucket.Loans++;
            bucket.Principal += state.Outstanding.Principal;
            bucket.Arrears += arrears.Overdue.MinorUnits;
        }

        if (!any)
            yield break;
        for (var i = 0; i < sums.Length; i++)
            yield return
            [
                NameOf(starts, i),
                sums[i].Loans,
                reading.Money(sums[i].Principal),
                reading.Money(sums[i].Arrears),
            ];
    }

    /// <summary>True if a loan is paid out, and neither settled, charged off nor written off.</summary>
    internal static bool IsRunning(Loan state) => state.IsOnTheBooks;

    /// <summary>What the organisation has decided about arrears and losses, as of now.</summary>
    internal static async Task<DayRules> RulesAsync(ReportReading reading) =>
        await OrganisationStore.FindDayRulesAsync(
            reading.Connection,
            reading.OrganisationId,
            forUpdate: false,
            reading.Cancellation
        ) ?? throw new InvalidOperationException("The organisation of a report exists.");

    internal static string NameOf(IReadOnlyList<int> starts, int bucket) =>
        bucket == 0 ? "current"
        : bucket == starts.Count ? $"over {starts[^1] - 1}"
        : $"{starts[bucket - 1]}–{starts[bucket] - 1}";

    private sealed class PortfolioSums
    {
        private readonly long[] over = new long[RiskDays.Length];
        private long loans;
        private long principal;
        private long interest;
        private long fees;
        private long penalties;
        private long arrears;
        private long restructuredLoans;
        private long restructuredPrincipal;

        public void Add(StoredLoan stored, Loan state)
        {
            var owed = state.Outstanding;
            var late = Arrears.Of(state, ArrearsPolicy.Default);
            loans++;
            principal += owed.Principal;
            interest += owed.Interest;
            fees += owed.Fees;
            penalties += owed.Penalty;
            arrears += late.Overdue.MinorUnits;
            for (var i = 0; i < over.Length; i++)
                if (late.DaysPastDue > RiskDays[i])
                    over[i] += owed.Principal;
            if (!IsRestructured(stored))
                return;
            restructuredLoans++;
            restructuredPrincipal += owed.Principal;
        }

        public object?[] ToRow(string product, ReportReading reading) =>
            [
                product,
                loans,
                reading.Money(principal),
                reading.Money(interest),
                reading.Money(fees),
                reading.Money(penalties),
                reading.Money(arrears),
                .. over.Select(sum => (object)reading.Money(sum)),
                .. RiskDays.Select(_ => (object?)null),
                restructuredLoans,
                reading.Money(restructuredPrincipal),
            ];
    }
}

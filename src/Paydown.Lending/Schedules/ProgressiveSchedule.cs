using Paydown.Lending.Loans;

namespace Paydown.Lending.Schedules;

/// <summary>
/// The equal installment of a progressive loan, whose periods have factors of their own:
/// EMI = P·∏(1+f) / fn with fn₁ = 1, fnᵢ = fnᵢ₋₁·(1+fᵢ) + 1. Where rounding makes the last installment differ from the
/// one before by more than half a minor unit a period, the difference is spread over all of them, once.
/// </summary>
internal static class ProgressiveSchedule
{
    private const decimal RescaleAt = 1_000_000_000m;

    /// <summary>Fills principal and interest of the rows.</summary>
    public static void Fill(
        LoanTerms terms, long amount, ReadOnlySpan<decimal> factors, int grace, Span<InstallmentState> rows)
    {
        var installment = Installment(terms, amount, factors[grace..]);
        ScheduleRules.SpreadInstallment(amount, installment, factors, grace, rows);
        var count = rows.Length - grace;
        var gap = Gap(rows, count);
        if (Math.Abs(gap) * 100 <= count / 2 * terms.Currency.MinorUnitsPerMajor) return;
        var adjusted = ScheduleRules.RoundInstallment(terms, installment + Significant.ToMinor((decimal)gap / count));
        if (adjusted == installment) return;
        ScheduleRules.SpreadInstallment(amount, adjusted, factors, grace, rows);
        if (Math.Abs(Gap(rows, count)) >= Math.Abs(gap))
            ScheduleRules.SpreadInstallment(amount, installment, factors, grace, rows);
    }

    /// <summary>The equal installment, rounded.</summary>
    public static long Installment(LoanTerms terms, long amount, ReadOnlySpan<decimal> factors)
    {
        var growth = 1m;
        var (divisor, one) = (0m, 1m);
        for (var i = 0; i < factors.Length; i++)
        {
            var factor = 1m + factors[i];
            growth = Significant.Round(growth * factor);
            divisor = i == 0 ? 1m : Significant.Round(Significant.Round(divisor * factor) + one);
            if (growth < RescaleAt) continue;

            // Only their ratio counts; a very high rate over many periods must not overflow.
            (growth, divisor, one) = (growth / RescaleAt, divisor / RescaleAt, one / RescaleAt);
        }

        return ScheduleRules.RoundInstallment(terms, Significant.Round(Significant.Round(amount * growth) / divisor));
    }

    private static long Gap(ReadOnlySpan<InstallmentState> rows, int count) =>
        count < 2 ? 0 : rows[^1].Due.Total - rows[^2].Due.Total;
}

using Paydown.Lending.Loans;

namespace Paydown.Lending.Schedules;

/// <summary>
/// The equal installment of a progressive loan, whose periods have factors of their own:
/// EMI = P·∏(1+f) / fn with fn₁ = 1, fnᵢ = fnᵢ₋₁·(1+fᵢ) + 1. Where rounding makes the last installment differ from the
/// one before by more than half a minor unit a period, the difference is spread over all of them, once.
/// </summary>
internal static class ProgressiveSchedule
{
    // Beyond it the product with the largest amount would pass 28 digits.
    private const decimal GrowthMax = 1_000_000_000m;

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
        var divisor = 0m;
        for (var i = 0; i < factors.Length; i++)
        {
            var factor = 1m + factors[i];
            if (growth > GrowthMax) return ScheduleRules.RoundInstallment(terms, amount / Annuity(factors));
            growth = Significant.Round(growth * factor);
            divisor = i == 0 ? 1m : Significant.Round(Significant.Round(divisor * factor) + 1m);
        }

        return ScheduleRules.RoundInstallment(terms, Significant.Round(Significant.Round(amount * growth) / divisor));
    }

    // P / (v₁ + v₂ + …), vᵢ the discount of period i: the same installment for terms whose growth no number holds.
    private static decimal Annuity(ReadOnlySpan<decimal> factors)
    {
        var (annuity, discount) = (0m, 1m);
        foreach (var factor in factors) annuity += discount = Significant.Round(discount / (1m + factor));
        return annuity;
    }

    private static long Gap(ReadOnlySpan<InstallmentState> rows, int count) =>
        count < 2 ? 0 : rows[^1].Due.Total - rows[^2].Due.Total;
}

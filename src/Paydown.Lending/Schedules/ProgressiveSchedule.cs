using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

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
    /// <returns>As <see cref="DecliningSchedule.SpreadInstallment"/>.</returns>
    public static bool Fill(
        LoanTerms terms,
        long amount,
        long step,
        ReadOnlySpan<decimal> factors,
        Span<InstallmentState> rows
    )
    {
        var grace = ScheduleRules.GraceOf(terms, rows.Length);
        var installment = ScheduleRules.RoundTo(Installment(amount, factors[grace..]), step);
        var fits = DecliningSchedule.SpreadInstallment(terms, amount, installment, factors, rows);
        var count = rows.Length - grace;
        if (Adjusted(terms, installment, step, rows, count) is not { } adjusted)
            return fits;
        var gap = Math.Abs(Gap(rows, count));
        var adjustedFits = DecliningSchedule.SpreadInstallment(terms, amount, adjusted, factors, rows);
        return Math.Abs(Gap(rows, count)) < gap
            ? adjustedFits
            : DecliningSchedule.SpreadInstallment(terms, amount, installment, factors, rows);
    }

    /// <summary>
    /// The installment after spreading the difference of the last one over all; null if that is small.
    /// </summary>
    public static long? Adjusted(
        LoanTerms terms,
        long installment,
        long step,
        ReadOnlySpan<InstallmentState> rows,
        int count
    )
    {
        var gap = Gap(rows, count);
        if (Math.Abs(gap) * 100 <= count / 2 * terms.Currency.MinorUnitsPerMajor)
            return null;
        var adjusted = ScheduleRules.RoundTo(installment + Significant.ToMinor((decimal)gap / count), step);
        return adjusted == installment ? null : adjusted;
    }

    /// <summary>By how much the last installment differs from the one before it.</summary>
    public static long Gap(ReadOnlySpan<InstallmentState> rows, int count) =>
        count < 2 ? 0 : rows[^1].Due.Total - rows[^2].Due.Total;

    /// <summary>The equal installment, in minor units, not rounded to them.</summary>
    public static decimal Installment(decimal amount, ReadOnlySpan<decimal> factors)
    {
        var growth = 1m;
        var divisor = 0m;
        for (var i = 0; i < factors.Length; i++)
        {
            var factor = 1m + factors[i];
            if (growth > GrowthMax)
                return amount / Annuity(factors);
            growth = Significant.Round(growth * factor);
            divisor = i == 0 ? 1m : Significant.Round(Significant.Round(divisor * factor) + 1m);
        }

        return Significant.Round(Significant.Round(amount * growth) / divisor);
    }

    // P / (v₁ + v₂ + …), vᵢ the discount of period i: the same installment for terms whose growth no number holds.
    private static decimal Annuity(ReadOnlySpan<decimal> factors)
    {
        var (annuity, discount) = (0m, 1m);
        foreach (var factor in factors)
            annuity += discount = Significant.Round(discount / (1m + factor));
        return annuity;
    }
}

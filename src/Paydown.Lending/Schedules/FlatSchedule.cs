using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// Flat interest: on the whole amount for the whole term, no matter how much is paid back. Each period bears an equal
/// share of it; on a progressive loan with daily interest, the interest of its own days. A cumulative loan has equal
/// principal then, a progressive one equal installments: they differ by what is rounded.
/// </summary>
internal static class FlatSchedule
{
    /// <summary>Fills principal and interest of the rows.</summary>
    /// <param name="terms">What was agreed.</param>
    /// <param name="amount">Principal, in minor units.</param>
    /// <param name="startOn">The day from which it is lent, in the period of the first row.</param>
    /// <param name="rows">With their days.</param>
    /// <param name="firstShare">The part of the first period for which it is lent.</param>
    public static void Fill(
        LoanTerms terms,
        long amount,
        DateOnly startOn,
        Span<InstallmentState> rows,
        decimal firstShare
    )
    {
        FillInterest(terms, amount, startOn, rows, firstShare);
        var step = ScheduleRules.StepOf(terms);
        if (FillPrincipal(terms, amount, step, rows))
            return;
        if (step > 1 && FillPrincipal(terms, amount, 1, rows))
            return;
        FillEqualParts(amount, ScheduleRules.GraceOf(terms, rows.Length), rows);
    }

    /// <summary>Fills the interest of the rows alone; parameters as in <see cref="Fill"/>.</summary>
    public static void FillInterest(
        LoanTerms terms,
        long amount,
        DateOnly startOn,
        Span<InstallmentState> rows,
        decimal firstShare
    )
    {
        if (terms is { ScheduleType: ScheduleType.Progressive, InterestPeriod: InterestPeriod.Daily })
            FillInterestByDays(terms, amount, rows, firstShare);
        else
            FillInterestByShares(terms, amount, startOn, rows);
    }

    private static void FillInterestByShares(
        LoanTerms terms,
        long amount,
        DateOnly startOn,
        Span<InstallmentState> rows
    )
    {
        var count = rows.Length;
        var free = Math.Min(terms.InterestFreePeriods, count);
        // With daily interest all shares are equal, for other terms a broken first period has its part.
        var first = terms.InterestPeriod == InterestPeriod.Daily ? 1m : DayCount.FirstPart(terms, startOn, rows[0]);
        var (periods, bearing) = (count - 1 + first, free == 0 ? count - 1 + first : count - free);
        var years = periods == 0m ? 0m : DayCount.TermYears(terms, startOn, rows) * bearing / periods;
        var total = Significant.Round(amount * terms.AnnualRatePercent / 100m * years);
        var left = Significant.ToMinor(total);
        var share = bearing == 0m ? 0 : Significant.ToMinor((first == 1m ? left : total) / bearing);
        for (var i = 0; i < count; i++)
        {
            var own = i == 0 && first != 1m && bearing > 0m ? Significant.ToMinor(total * first / bearing) : share;
            var interest =
                i < free ? 0
                : i == count - 1 ? left
                : Math.Min(own, left);
            rows[i].Due = new ComponentAmounts(0, interest, 0, 0);
            left -= interest;
        }
    }

    private static void FillInterestByDays(
        LoanTerms terms,
        long amount,
        Span<InstallmentState> rows,
        decimal firstShare
    )
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var factor = i < terms.InterestFreePeriods ? 0m : DayCount.Factor(terms, rows[i].FromOn, rows[i].DueOn);
            if (i == 0 && firstShare != 1m)
                factor = Significant.Round(factor * firstShare);
            rows[i].Due = new ComponentAmounts(0, Significant.Interest(amount, factor), 0, 0);
        }
    }

    // False if an installment that should pay principal has none left.
    private static bool FillPrincipal(LoanTerms terms, long amount, long step, Span<InstallmentState> rows)
    {
        var (grace, isEqualPrincipal) = (
            ScheduleRules.GraceOf(terms, rows.Length),
            terms.Amortization == Amortization.EqualPrincipal
        );
        var count = rows.Length - grace;
        var part = ScheduleRules.RoundTo((decimal)amount / count, isEqualPrincipal ? 1 : step);
        var interests = 0L;
        for (var i = grace; i < rows.Length; i++)
            interests += rows[i].Due.Interest;
        var installment = ScheduleRules.RoundTo(((decimal)amount + interests) / count, step);
        var (balance, fits) = (amount, true);
        for (var i = 0; i < rows.Length; i++)
        {
            var interest = rows[i].Due.Interest;
            var wanted =
                isEqualPrincipal ? part
                : terms.ScheduleType == ScheduleType.Progressive ? installment - interest
                : part + ScheduleRules.RoundTo(interest, step) - interest;
            var principal =
                i == rows.Length - 1 ? balance
                : i < grace ? 0
                : Math.Clamp(wanted, 0, balance);
            rows[i].Due = new ComponentAmounts(principal, interest, 0, 0);
            balance -= principal;
            fits &= i < grace || principal > 0;
        }

        return fits;
    }

    private static void FillEqualParts(long amount, int grace, Span<InstallmentState> rows)
    {
        var (part, balance) = (amount / (rows.Length - grace), amount);
        for (var i = grace; i < rows.Length; i++)
        {
            var principal = i == rows.Length - 1 ? balance : part;
            rows[i].Due = rows[i].Due with { Principal = principal };
            balance -= principal;
        }
    }
}

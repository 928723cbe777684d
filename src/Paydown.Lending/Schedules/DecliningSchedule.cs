using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// Interest of the balance that is left: by equal installments or equal principal. Where the agreed multiple would
/// leave an installment without principal, or end the loan before its time, it yields: to the minor unit, then to the
/// installment that is found for the periods as they are.
/// </summary>
internal static class DecliningSchedule
{
    /// <summary>Fills principal and interest of the rows.</summary>
    public static void Fill(LoanTerms terms, long amount, Span<InstallmentState> rows, decimal firstShare)
    {
        var count = rows.Length;
        Span<decimal> factors = count <= 64 ? stackalloc decimal[count] : new decimal[count];
        DayCount.FillFactors(terms, rows, factors);
        factors[..Math.Min(terms.InterestFreePeriods, count)].Clear();
        if (firstShare != 1m)
            factors[0] = Significant.Round(factors[0] * firstShare);
        Fill(terms, amount, factors, rows);
    }

    /// <summary>Fills principal and interest of rows whose periods have factors of their own.</summary>
    public static void Fill(LoanTerms terms, long amount, ReadOnlySpan<decimal> factors, Span<InstallmentState> rows)
    {
        if (terms.Amortization == Amortization.EqualPrincipal)
            FillEqualPrincipal(terms, amount, factors, rows);
        else
            FillEqualInstallments(terms, amount, factors, rows);
    }

    /// <summary>
    /// Principal of equal installments: what the interest leaves of each, the last takes the rest. Interest that is
    /// deferred falls due with the first installments that have room for it; their amounts stay the same.
    /// </summary>
    /// <returns>False if an installment that should pay principal has none, though no deferred interest takes its
    /// place.</returns>
    public static bool SpreadInstallment(
        LoanTerms terms,
        long amount,
        long installment,
        ReadOnlySpan<decimal> factors,
        Span<InstallmentState> rows
    )
    {
        var last = rows.Length - 1;
        var (grace, graceInterest) = (ScheduleRules.GraceOf(terms, rows.Length), Math.Min(terms.GraceInterest, last));
        var (balance, deferred, fits) = (amount, 0L, true);
        for (var i = 0; i <= last; i++)
        {
            var (own, wasDeferred) = (Significant.Interest(balance, factors[i]), deferred);
            var interest = i < graceInterest ? 0 : own + deferred;
            if (i >= grace && i < last && wasDeferred > 0)
                interest = Math.Min(interest, Math.Max(own, installment));
            deferred += own - interest;
            var principal = i < grace ? 0 : Math.Clamp(installment - interest, 0, balance);
            if (i == last)
                principal = balance;
            rows[i].Due = new ComponentAmounts(principal, interest, 0, 0);
            balance -= principal;
            fits &= i < grace || principal > 0 || (wasDeferred > 0 && interest > 0);
        }

        return fits;
    }

    /// <summary>
    /// The equal installment, not rounded: P·r / (1 − (1+r)^−n), for a rate per period; P/n without interest.
    /// </summary>
    /// <param name="amount">Minor units.</param>
    /// <param name="rate">Of a period.</param>
    /// <param name="count">Installments.</param>
    public static decimal EqualInstallment(long amount, decimal rate, int count) =>
        rate == 0m ? (decimal)amount / count : amount * rate / (1m - 1m / Significant.Power(1m + rate, count));

    /// <summary>
    /// The amount of the installments to come of a cumulative loan whose interest is recalculated: principal and
    /// interest, or the principal alone where that is equal.
    /// </summary>
    /// <param name="terms">Cumulative, declining balance.</param>
    /// <param name="balance">Principal that is left, in minor units.</param>
    /// <param name="done">Installments made so far.</param>
    /// <param name="startOn">The day of disbursement.</param>
    public static long RecalculatedInstallment(LoanTerms terms, long balance, int done, DateOnly startOn)
    {
        var count = Math.Max(1, terms.NumberOfInstallments - Math.Max(done, terms.GracePrincipal));
        if (terms.Amortization == Amortization.EqualPrincipal)
            return PartsFit(balance, Significant.ToMinor((decimal)balance / count), count)
                ? Significant.ToMinor((decimal)balance / count)
                : balance / count;
        var step = ScheduleRules.StepOf(terms);
        var exact =
            done == 0 && terms.HasBrokenPeriods
                ? ForBrokenPeriods(terms, balance, startOn)
                : EqualInstallment(balance, DayCount.NominalRate(terms), count);
        var installment = ScheduleRules.RoundTo(exact, step);
        // Half a minor unit an installment is no danger to the last, if they are large enough.
        if (step == 1 && installment > count)
            return installment;
        if (step > 1 && Fits(terms, balance, installment, done, startOn))
            return installment;
        installment = ScheduleRules.RoundTo(exact, 1);
        return Fits(terms, balance, installment, done, startOn) ? installment : Math.Max(1, (long)exact);
    }

    // A period of another length is solved for, or the last installment would have to absorb it.
    private static decimal ForBrokenPeriods(LoanTerms terms, long balance, DateOnly startOn)
    {
        var grace = ScheduleRules.GraceOf(terms, terms.NumberOfInstallments);
        var factors = new decimal[terms.NumberOfInstallments - grace];
        var fromOn = grace == 0 ? startOn : DueDates.Of(terms, startOn, grace);
        for (var i = 0; i < factors.Length; i++)
        {
            var dueOn = DueDates.Of(terms, startOn, grace + i + 1);
            factors[i] = DayCount.Factor(terms, fromOn, dueOn);
            fromOn = dueOn;
        }

        return ProgressiveSchedule.Installment(balance, factors);
    }

    private static void FillEqualPrincipal(
        LoanTerms terms,
        long amount,
        ReadOnlySpan<decimal> factors,
        Span<InstallmentState> rows
    )
    {
        var grace = ScheduleRules.GraceOf(terms, rows.Length);
        var count = rows.Length - grace;
        var part = Significant.ToMinor((decimal)amount / count);
        if (!PartsFit(amount, part, count))
            part = amount / count;
        var balance = amount;
        for (var i = 0; i < rows.Length; i++)
        {
            var principal =
                i == rows.Length - 1 ? balance
                : i < grace ? 0
                : Math.Min(part, balance);
            rows[i].Due = new ComponentAmounts(principal, Significant.Interest(balance, factors[i]), 0, 0);
            balance -= principal;
        }

        ScheduleRules.DeferInterest(terms, rows);
    }

    private static void FillEqualInstallments(
        LoanTerms terms,
        long amount,
        ReadOnlySpan<decimal> factors,
        Span<InstallmentState> rows
    )
    {
        var step = ScheduleRules.StepOf(terms);
        if (FillLevel(terms, amount, step, factors, rows))
            return;
        if (step > 1 && FillLevel(terms, amount, 1, factors, rows))
            return;
        var level = FindLevel(terms, amount, factors, rows);
        if (SpreadInstallment(terms, amount, level, factors, rows))
            return;
        if (SpreadInstallment(terms, amount, level - 1, factors, rows))
            return;
        // Nothing fits: who offers it has to refuse.
        FillLevel(terms, amount, 1, factors, rows);
    }

    // The least installment that the last one does not pass, for the periods as they are: free ones, deferred interest.
    private static long FindLevel(
        LoanTerms terms,
        long amount,
        ReadOnlySpan<decimal> factors,
        Span<InstallmentState> rows
    )
    {
        var (tooLittle, enough) = (0L, amount);
        while (!IsEnough(terms, amount, enough, factors, rows))
            (tooLittle, enough) = (enough, checked(2 * enough));
        while (enough - tooLittle > 1)
        {
            var middle = tooLittle + (enough - tooLittle) / 2;
            if (IsEnough(terms, amount, middle, factors, rows))
                enough = middle;
            else
                tooLittle = middle;
        }

        return enough;
    }

    private static bool IsEnough(
        LoanTerms terms,
        long amount,
        long installment,
        ReadOnlySpan<decimal> factors,
        Span<InstallmentState> rows
    )
    {
        SpreadInstallment(terms, amount, installment, factors, rows);
        return rows[^1].Due.Total <= installment;
    }

    private static bool FillLevel(
        LoanTerms terms,
        long amount,
        long step,
        ReadOnlySpan<decimal> factors,
        Span<InstallmentState> rows
    )
    {
        if (terms.ScheduleType == ScheduleType.Progressive)
            return ProgressiveSchedule.Fill(terms, amount, step, factors, rows);
        var grace = ScheduleRules.GraceOf(terms, rows.Length);
        var exact = terms.HasBrokenPeriods
            ? ProgressiveSchedule.Installment(amount, factors[grace..])
            : EqualInstallment(amount, DayCount.PeriodRate(terms), rows.Length - grace);
        return SpreadInstallment(terms, amount, ScheduleRules.RoundTo(exact, step), factors, rows);
    }

    private static bool PartsFit(long amount, long part, int count) => part > 0 && amount > part * (count - 1);

    private static bool Fits(LoanTerms terms, long balance, long installment, int done, DateOnly startOn)
    {
        var fromOn = done == 0 ? startOn : DueDates.Of(terms, startOn, done);
        for (var number = done + 1; number < terms.NumberOfInstallments; number++)
        {
            var dueOn = DueDates.Of(terms, startOn, number);
            if (number > terms.GracePrincipal)
            {
                var principal = installment - Significant.Interest(balance, DayCount.Factor(terms, fromOn, dueOn));
                if (principal <= 0)
                    return false;
                balance -= principal;
            }

            fromOn = dueOn;
        }

        return balance > 0;
    }
}

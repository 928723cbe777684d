using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// The equal installment of a progressive loan after a further disbursement: recomputed for the whole balance over the
/// installments to come, as <see cref="ProgressiveSchedule"/> does it for a new loan. What the first period bears less,
/// since part of the balance came in it, is a difference of the last installment that is spread over all.
/// </summary>
internal static class LevelTranche
{
    // Each spread leaves only the interest of the amounts that it has moved.
    private const int SpreadsMax = 3;

    /// <summary>Computes how much each installment grows.</summary>
    /// <param name="terms">The terms with the remaining graces.</param>
    /// <param name="amount">The amount of the tranche, in minor units.</param>
    /// <param name="existing">The remaining installments before the tranche.</param>
    /// <param name="added">Receives the differences of principal and interest.</param>
    public static void Fill(
        LoanTerms terms,
        long amount,
        ReadOnlySpan<InstallmentState> existing,
        Span<InstallmentState> added
    )
    {
        var count = existing.Length;
        Span<decimal> factors = count <= 64 ? stackalloc decimal[count] : new decimal[count];
        DayCount.FillFactors(terms, existing, factors);
        factors[..Math.Min(terms.InterestFreePeriods, count)].Clear();
        var (balance, planned) = (amount, amount);
        var plan = new InstallmentState[count];
        for (var i = 0; i < count; i++)
        {
            ref readonly var row = ref existing[i];
            plan[i] = new()
            {
                FromOn = row.FromOn,
                DueOn = row.DueOn,
                Undisbursed = row.Undisbursed,
            };
            planned += row.PrincipalInPlan ?? row.PlannedPrincipal;
            balance += row.PlannedPrincipal;
        }

        var grace = ScheduleRules.GraceOf(terms, count);
        var exact = ProgressiveSchedule.Installment(planned, factors[grace..]);
        var step = ScheduleRules.StepOf(terms);
        if (!FillLevel(terms, planned, exact, step, factors, plan, added, out var installment) && step > 1)
            FillLevel(terms, planned, exact, 1, factors, plan, added, out installment);
        for (var i = 0; i < count; i++)
            added[i].PrincipalInPlan = added[i].Due.Principal;
        Set(terms, balance, installment, factors, existing, added);
        for (var i = 0; i < count; i++)
            added[i].Due -= new ComponentAmounts(existing[i].PlannedPrincipal, existing[i].PlannedInterest, 0, 0);
    }

    private static bool FillLevel(
        LoanTerms terms,
        long balance,
        decimal exact,
        long step,
        ReadOnlySpan<decimal> factors,
        ReadOnlySpan<InstallmentState> existing,
        Span<InstallmentState> rows,
        out long installment
    )
    {
        var count = rows.Length - ScheduleRules.GraceOf(terms, rows.Length);
        installment = ScheduleRules.RoundTo(exact, step);
        var fits = Set(terms, balance, installment, factors, existing, rows);
        for (var i = 0; i < SpreadsMax; i++)
        {
            if (ProgressiveSchedule.Adjusted(terms, installment, step, rows, count) is not { } adjusted)
                return fits;
            var gap = Math.Abs(ProgressiveSchedule.Gap(rows, count));
            var adjustedFits = Set(terms, balance, adjusted, factors, existing, rows);
            if (Math.Abs(ProgressiveSchedule.Gap(rows, count)) >= gap)
                return Set(terms, balance, installment, factors, existing, rows);
            (installment, fits) = (adjusted, adjustedFits);
        }

        return fits;
    }

    // False if an installment that should pay principal has none left.
    private static bool Set(
        LoanTerms terms,
        long balance,
        long installment,
        ReadOnlySpan<decimal> factors,
        ReadOnlySpan<InstallmentState> existing,
        Span<InstallmentState> rows
    )
    {
        var (grace, last) = (ScheduleRules.GraceOf(terms, rows.Length), rows.Length - 1);
        var graceInterest = Math.Min(terms.GraceInterest, last);
        var (paidLater, deferred, fits) = (0L, 0L, true);
        foreach (ref readonly var row in existing)
            paidLater += row.PlannedPrincipalPaid;
        for (var i = 0; i <= last; i++)
        {
            var own = TrancheInterest.Of(existing[i], balance, factors[i]) + deferred;
            var interest = i < graceInterest ? existing[i].PlannedInterestPaid : own;
            deferred = own - interest;
            var paid = existing[i].PlannedPrincipalPaid;
            var principal =
                i < grace ? paid : Math.Max(paid, Math.Min(installment - interest, balance - paidLater + paid));
            paidLater -= paid;
            if (i == last)
                principal = balance;
            rows[i].Due = new ComponentAmounts(principal, interest, 0, 0);
            balance -= principal;
            fits &= i < grace || principal > 0;
        }

        return fits;
    }
}

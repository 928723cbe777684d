using Paydown.Lending.Amounts;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// Which installments early money fills, and how it changes those after them. Each view spreads the whole remaining
/// principal over the open rows; together they close the loan.
/// </summary>
internal static class EarlyPayments
{
    /// <summary>
    /// Whether early money enlarges the current installment, which makes later ones fewer or smaller.
    /// </summary>
    public static bool EnlargeCurrent(LoanTerms terms) =>
        terms.Recalculation!.Reschedule is Reschedule.ReduceEmiAmount or Reschedule.ReduceNumberOfInstallments;

    /// <summary>Shows what can be paid, in the order of a rule.</summary>
    public static void Show(ProgressivePlan plan, LoanTerms terms, FutureRule rule)
    {
        if (EnlargeCurrent(terms))
            FillCurrent(plan);
        else if (rule is FutureRule.LastInstallment or FutureRule.NextLastInstallment)
            FillFromLast(plan, keepsNext: rule == FutureRule.NextLastInstallment);
        else
            FillInOrder(plan);
    }

    /// <summary>
    /// Shows the remaining principal in equal parts, payable at once, if these are smaller than the installments.
    /// </summary>
    public static void SplitEvenly(ProgressivePlan plan, long money)
    {
        var (left, open, first) = (plan.Unplanned(), 0, plan.FirstOpen(0));
        for (var i = 0; i < plan.Count; i++)
            if (!plan[i].IsSettled)
                open++;
        if (open == 0 || left == 0 || money / open >= plan[first].Installment)
            return;
        var share = Significant.ToMinor((decimal)left / open);
        var paidAhead = plan.PaidFrom(0);
        for (var i = 0; i < plan.Count; i++)
        {
            if (plan[i].IsSettled)
                continue;
            var least = plan.PaidOf(i);
            paidAhead -= least;
            var principal = --open == 0 ? left : Math.Clamp(share, least, Math.Max(least, left - paidAhead));
            left -= plan.Set(i, principal, plan.Borne(i));
        }
    }

    /// <summary>After a payment: early money reduces the installments after the current one.</summary>
    /// <returns>True if they changed.</returns>
    public static bool ReduceInstallments(ProgressivePlan plan, LoanTerms terms, DateOnly startOn)
    {
        if (terms.Recalculation!.Reschedule != Reschedule.ReduceEmiAmount)
            return false;
        var current = plan.FirstOpen(0);
        if (current >= plan.Count || plan.PaidOf(current) <= plan.Wanted(current, plan.PaidInterestOf(current)))
            return false;
        var (left, count) = (plan.LeftAfter(current), plan.Count - current - 1);
        if (count == 0 || left <= 0)
            return false;
        var done = terms.NumberOfInstallments - count;
        var installment = DecliningSchedule.RecalculatedInstallment(terms, left, done, startOn);
        for (var i = current + 1; i < plan.Count; i++)
            (plan[i].Installment, plan[i].Principal) = (installment, (left + count - 1) / count);
        return true;
    }

    // The first installments keep their amount, and the last one takes what is left.
    private static void FillInOrder(ProgressivePlan plan)
    {
        var (left, paidAhead) = (plan.Unplanned(), plan.PaidFrom(0));
        for (var i = 0; i < plan.Count; i++)
        {
            if (plan[i].IsSettled)
                continue;
            paidAhead -= plan.PaidOf(i);
            left = plan.Fix(i, plan.Borne(i), left, paidAhead);
        }
    }

    private static void FillCurrent(ProgressivePlan plan)
    {
        var (left, current) = (plan.Unplanned(), plan.FirstOpen(0));
        for (var i = plan.Count - 1; i > current; i--)
            if (!plan[i].IsSettled)
                left -= plan.Set(i, plan.PaidOf(i), plan.Borne(i));
        if (current < plan.Count)
            plan.Set(current, left, plan.Borne(current));
    }

    // The last installments keep their amount; the last one is at least as large as the one before it.
    private static void FillFromLast(ProgressivePlan plan, bool keepsNext)
    {
        var (left, paidBefore, first) = (plan.Unplanned(), plan.PaidFrom(0), plan.FirstOpen(0));
        if (keepsNext && plan.FirstOpen(first + 1) < plan.Count)
        {
            paidBefore -= plan.PaidOf(first);
            left = plan.Fix(first, plan.Borne(first), left, paidBefore);
            first = plan.FirstOpen(first + 1);
        }

        for (var i = plan.Count - 1; i >= first; i--)
        {
            if (plan[i].IsSettled)
                continue;
            var least = plan.PaidOf(i);
            paidBefore -= least;
            var interest = plan.Borne(i);
            var most = Math.Max(least, left - paidBefore);
            var installment = plan[i].Installment;
            if (i == plan.Count - 1 && i > 0)
                installment = Math.Max(installment, plan[i - 1].Installment);
            var principal = i == first ? left : Math.Clamp(installment - interest, least, most);
            left -= plan.Set(i, principal, interest);
        }
    }
}

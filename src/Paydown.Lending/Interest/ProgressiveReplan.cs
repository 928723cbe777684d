using Paydown.Lending.Installments;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// The agreed amounts of changed installments whose interest is recalculated. All amounts in minor units.
/// </summary>
internal static class ProgressiveReplan
{
    /// <summary>Changes the plan; the rows show it later.</summary>
    /// <returns>Interest that left earlier rows.</returns>
    public static long Apply(
        LoanTerms terms,
        InstallmentBook book,
        ProgressivePlan plan,
        InterestCalendar calendar,
        in PlanChange change
    )
    {
        var moved = change.Interest;
        if (change.EndsEarlierRows)
            moved += EndEarlierRows(plan, change.First);
        var known = plan.Count;
        plan.Resize(RowChanges.EndOf(book));
        plan.AdoptPrincipal(change.Principal);
        // A chargeback can make a row owe again that was paid ahead: it is the one to take what is moved.
        var last = plan.Count - 1;
        if (change.Principal + moved > 0 && plan.FirstOpen(change.First) > last)
            plan[last].Reopen(plan.PaidInterestOf(last));
        for (var i = change.First; change.HasNewDays && i < plan.Count; i++)
            if (i >= known || plan[i].Factor != 0m)
                plan[i].Factor = DayCount.Factor(change.Terms, book.Rows[i].FromOn, book.Rows[i].DueOn);
        if (change.AnnualRatePercent is { } rate)
            calendar.Change(change.RateAfter, rate / terms.AnnualRatePercent);
        for (var i = change.First; i < plan.Count; i++)
            plan[i].Carried += (change with { Interest = moved }).InterestOf(
                i - change.First,
                plan.Count - change.First
            );
        if (change.IsReckonedAnew)
            Reckon(terms, book, plan, calendar, change, moved);
        return moved;
    }

    // What they have earned and nobody has taken is moved.
    private static long EndEarlierRows(ProgressivePlan plan, int first)
    {
        var earned = 0L;
        for (var i = 0; i < first; i++)
        {
            plan[i].IsDeferred = false;
            if (!plan[i].IsSettled)
                plan.Settle(i, plan.PaidInterestOf(i));
        }

        for (var i = 0; i < first; i++)
            earned += plan[i].Take(long.MaxValue);
        plan.Resize(first);
        return earned;
    }

    private static void Reckon(
        LoanTerms terms,
        InstallmentBook book,
        ProgressivePlan plan,
        InterestCalendar calendar,
        in PlanChange change,
        long moved
    )
    {
        var (made, factors, balance) = (new List<InstallmentState>(), new List<decimal>(), plan.Unplanned());
        for (var i = plan.FirstOpen(0); i < plan.Count; i = plan.FirstOpen(i + 1))
        {
            ref readonly var row = ref book.Rows[i];
            if (i < change.First)
            {
                balance -= row.PlannedPrincipal;
                continue;
            }

            var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
            made.Add(new InstallmentState { FromOn = row.FromOn, DueOn = row.DueOn });
            factors.Add(days == 0 ? 0m : plan[i].Factor * calendar.Days(row.FromOn, row.DueOn) / days);
        }

        if (made.Count == 0)
            return;
        var rows = made.ToArray();
        change.Reckon(change.Terms with { Amortization = terms.Amortization }, balance, moved, [.. factors], rows);
        var next = 0;
        for (var i = plan.FirstOpen(change.First); i < plan.Count; i = plan.FirstOpen(i + 1))
        {
            var due = rows[next++].Due;
            (plan[i].Installment, plan[i].Principal) = (due.Principal + due.Interest, due.Principal);
            book.Rows[i].PrincipalInPlan = due.Principal;
        }

        plan.Defer(change.First, change.GraceInterest);
    }
}

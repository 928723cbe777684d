using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// Interest by the day on the principal that is really outstanding. The amounts of days are exact, so it does not
/// matter into how many pieces they are cut: only the sum of a period is rounded. All amounts in minor units.
/// </summary>
internal sealed class DailyAccrual(
    LoanTerms terms,
    InstallmentBook book,
    ProgressivePlan plan,
    InterestCalendar calendar,
    DateOnly startOn
)
{
    /// <summary>The last day whose interest has accrued.</summary>
    public DateOnly Through { get; private set; } = startOn;

    /// <summary>
    /// Lets interest accrue through a day. Calls back with each row whose due date is reached, before the next period.
    /// </summary>
    public void AccrueThrough(DateOnly on, Action<int> fallDue)
    {
        var owed = Owed();
        for (var i = 0; i < plan.Count && Through < on; i++)
        {
            ref readonly var row = ref book.Rows[i];
            if (row.DueOn <= Through)
                continue;
            var until = on < row.DueOn ? on : row.DueOn;
            plan[i].Accrue(Interest(i, owed, Through, until));
            Through = until;
            if (row.DueOn > on || plan[i].IsSettled)
                continue;
            fallDue(i);
            if (!terms.Recalculation!.InterestOnOverdue)
                owed = Owed();
        }

        if (Through < on)
            Through = on;
    }

    /// <summary>
    /// Interest that future days will accrue, by the period in which each day lies.
    /// </summary>
    public void LookAhead(DateOnly through)
    {
        var (owed, from) = (Owed(), Through);
        for (var i = 0; i < plan.Count; i++)
        {
            plan[i].Ahead = 0m;
            var dueOn = book.Rows[i].DueOn;
            if (dueOn <= from || from >= through)
                continue;
            var until = through < dueOn ? through : dueOn;
            plan[i].Ahead = Interest(i, owed, from, until);
            from = until;
        }
    }

    /// <summary>No interest of future days is payable.</summary>
    public void ForgetAhead()
    {
        for (var i = 0; i < plan.Count; i++)
            plan[i].Ahead = 0m;
    }

    /// <summary>Interest of the rest of a period, if the planned principal is outstanding in it. Not rounded.</summary>
    public decimal Rest(int index, long planned)
    {
        ref readonly var row = ref book.Rows[index];
        var from = row.FromOn > Through ? row.FromOn : Through;
        if (from >= row.DueOn)
            return 0m;
        // If interest rests on due dates, what is overdue inside a period bears interest to its end.
        var owed = terms.RestsOnDueDates && row.FromOn < Through ? Owed() : planned;
        return Interest(index, owed, from, row.DueOn);
    }

    /// <summary>Interest of the rest of a period on what is really outstanding. Not rounded.</summary>
    public decimal RestOwed(int index)
    {
        ref readonly var row = ref book.Rows[index];
        var from = row.FromOn > Through ? row.FromOn : Through;
        return from < row.DueOn ? Interest(index, Owed(), from, row.DueOn) : 0m;
    }

    // Principal really outstanding; the rows may show another view of it.
    private long Owed()
    {
        var owed = plan.Amortized - WithoutInterest();
        for (var i = 0; i < book.Count; i++)
        {
            ref readonly var row = ref book.Rows[i];
            owed += i < plan.Count ? row.Returned - row.Paid.Principal : row.Outstanding.Principal;
        }

        return owed;
    }

    // What is overdue, if that bears no interest.
    private long WithoutInterest()
    {
        if (terms.Recalculation!.InterestOnOverdue)
            return 0;
        var overdue = 0L;
        for (var i = 0; i < plan.Count; i++)
            if (plan[i].IsSettled && book.Rows[i].DueOn <= Through)
                overdue += Math.Max(0, book.Rows[i].Outstanding.Principal);
        return overdue;
    }

    private decimal Interest(int index, long owed, DateOnly from, DateOnly until)
    {
        ref readonly var row = ref book.Rows[index];
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        if (days <= 0 || owed <= 0)
            return 0m;
        return owed * plan[index].Factor * calendar.Days(from, until) / days;
    }
}

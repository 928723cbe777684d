using Paydown.Lending.Allocation;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Schedules;

/// <summary>
/// Recalculated interest of a progressive loan: interest accrues each day on the principal that is really outstanding.
/// The installments keep their amount; more interest leaves less principal in them, and the last one absorbs. An
/// installment that is paid before its due date bears interest until that day, and what accrues from then on falls due
/// with the next unpaid one.
/// </summary>
internal sealed class ProgressiveRecalculation
{
    private readonly LoanTerms terms;
    private readonly InstallmentBook book;
    private readonly Period[] periods;
    private long amortized;
    private DateOnly accruedThrough;

    public ProgressiveRecalculation(LoanTerms terms, InstallmentBook book, DateOnly startOn)
    {
        this.terms = terms;
        this.book = book;
        accruedThrough = startOn;
        var rows = book.Rows;
        periods = new Period[rows.Length];
        var free = terms.InterestFreePeriods + (terms.DownPayment is null ? 0 : 1);
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            periods[i].IsSettled = row.IsDownPayment;
            periods[i].Installment = row.Due.Principal + row.Due.Interest;
            periods[i].Factor = row.IsDownPayment || i < free ? 0m : DayCount.Factor(terms, row.FromOn, row.DueOn);
            amortized += row.Due.Principal;
        }
    }

    /// <summary>A further disbursement was spread over the rows: the installments grow by what it added.</summary>
    /// <param name="before">The rows as they were.</param>
    public void Grow(ReadOnlySpan<InstallmentState> before)
    {
        for (var i = 0; i < periods.Length; i++)
        {
            var added = book.Rows[i].Due - before[i].Due;
            periods[i].Installment += added.Principal + added.Interest;
            amortized += added.Principal;
        }
    }

    /// <summary>Lets interest accrue till a day, and fixes the installments that have fallen due by then.</summary>
    public void Advance(DateOnly on)
    {
        var owed = Owed();
        for (var i = 0; i < periods.Length && accruedThrough < on; i++)
        {
            ref readonly var row = ref book.Rows[i];
            if (row.DueOn <= accruedThrough) continue;
            var until = on < row.DueOn ? on : row.DueOn;
            var bearer = FirstOpen(i);
            if (bearer < periods.Length) periods[bearer].Accrued += Accrual(i, owed, accruedThrough, until);
            accruedThrough = until;
            if (row.DueOn > on || periods[i].IsSettled) continue;
            Fix(i, Rounded(periods[i].Accrued), Unplanned(), PaidFrom(i + 1));
            periods[i].IsSettled = true;
        }

        if (accruedThrough < on) accruedThrough = on;
    }

    /// <summary>
    /// Shows the installments as they can be paid on the day of the last advance: interest only till that day (or the
    /// rest date given), the principal of all that is to come without interest. Together they close the loan.
    /// </summary>
    public void MakePayable(DateOnly interestThrough)
    {
        var bearer = FirstOpen(0);
        var early = bearer < periods.Length && interestThrough > accruedThrough
            ? AccrualAhead(interestThrough)
            : 0m;
        var (left, paidAhead) = (Unplanned(), PaidFrom(0));
        for (var i = 0; i < periods.Length; i++)
        {
            if (periods[i].IsSettled) continue;
            paidAhead -= PaidOf(i);
            left = Fix(i, Rounded(periods[i].Accrued + (i == bearer ? early : 0m)), left, paidAhead);
        }
    }

    /// <summary>After a payment: what it finished stays as it is.</summary>
    public void Settle()
    {
        for (var i = 0; i < periods.Length; i++)
        {
            var owed = book.Rows[i].Outstanding;
            if (owed.Principal == 0 && owed.Interest == 0 && book.Rows[i].Paid.Principal > 0)
                periods[i].IsSettled = true;
        }
    }

    /// <summary>
    /// Shows the schedule as it will be if what is overdue is paid on the day of the last advance, and the rest as it
    /// falls due.
    /// </summary>
    public void Project()
    {
        var (left, paidAhead) = (Unplanned(), PaidFrom(0));
        var owed = left;
        for (var i = 0; i < periods.Length; i++)
            if (!periods[i].IsSettled) owed -= book.Rows[i].Paid.Principal - book.Rows[i].Returned;
        var moved = 0m;
        for (var i = 0; i < periods.Length; i++)
        {
            var row = book.Rows[i];
            var from = row.FromOn > accruedThrough ? row.FromOn : accruedThrough;
            if (from < row.DueOn) moved += Accrual(i, owed, from, row.DueOn);
            if (periods[i].IsSettled) continue;
            var before = left;
            paidAhead -= PaidOf(i);
            left = Fix(i, Rounded(periods[i].Accrued + moved), left, paidAhead);
            owed -= before - left - row.Paid.Principal + row.Returned;
            moved = 0m;
        }
    }

    // Principal really outstanding, whatever view of the rows is shown at the moment.
    private long Owed()
    {
        var owed = amortized;
        for (var i = 0; i < book.Count; i++)
        {
            ref readonly var row = ref book.Rows[i];
            owed += i < periods.Length ? row.Returned - row.Paid.Principal : row.Outstanding.Principal;
        }

        return owed;
    }

    // Principal that no settled installment has taken.
    private long Unplanned()
    {
        var left = amortized;
        for (var i = 0; i < periods.Length; i++)
            if (periods[i].IsSettled) left -= book.Rows[i].Due.Principal - book.Rows[i].Returned;
        return left;
    }

    // Gives an installment its interest; of the principal that is left it takes what fits its amount, but leaves what
    // is already paid on later ones. Returns what is left then.
    private long Fix(int index, long interest, long left, long paidAhead)
    {
        ref var row = ref book.Rows[index];
        interest = Math.Max(interest, row.Paid.Interest);
        var least = PaidOf(index);
        var principal = FirstOpen(index + 1) == periods.Length
            ? left
            : Math.Clamp(periods[index].Installment - interest, least, Math.Max(least, left - paidAhead));
        row.Due = row.Due with { Principal = principal + row.Returned, Interest = interest };
        if (!row.Outstanding.IsZero) row.PaidOn = null;
        return left - principal;
    }

    private long PaidOf(int index) => Math.Max(0, book.Rows[index].Paid.Principal - book.Rows[index].Returned);

    private long PaidFrom(int index)
    {
        var paid = 0L;
        for (; index < periods.Length; index++)
            if (!periods[index].IsSettled) paid += PaidOf(index);
        return paid;
    }

    private int FirstOpen(int index)
    {
        while (index < periods.Length && periods[index].IsSettled) index++;
        return index;
    }

    // By the periods in which the days lie, as Advance will have it when they have passed.
    private decimal AccrualAhead(DateOnly through)
    {
        var (owed, from, sum) = (Owed(), accruedThrough, 0m);
        for (var i = 0; i < periods.Length && from < through; i++)
        {
            var dueOn = book.Rows[i].DueOn;
            if (dueOn <= from) continue;
            var until = through < dueOn ? through : dueOn;
            sum += Accrual(i, owed, from, until);
            from = until;
        }

        return sum;
    }

    // Exact, so that it does not matter into how many pieces the days are cut: only the sum is rounded.
    private decimal Accrual(int index, long owed, DateOnly from, DateOnly until)
    {
        ref readonly var row = ref book.Rows[index];
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        if (days <= 0 || owed <= 0) return 0m;
        return owed * periods[index].Factor * (until.DayNumber - from.DayNumber) / days;
    }

    private static long Rounded(decimal accrued) => Significant.ToMinor(Significant.Round(accrued));

    private struct Period
    {
        /// <summary>What the installment asks for as agreed, in minor units.</summary>
        public long Installment;
        public decimal Factor;

        /// <summary>Interest accrued for it so far, in minor units, not rounded.</summary>
        public decimal Accrued;

        /// <summary>Its principal and interest are final.</summary>
        public bool IsSettled;
    }
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// Recalculated interest of a progressive loan: interest accrues each day on the principal that is really outstanding.
/// The installments keep their amount; more interest leaves less principal in them, and the last one absorbs. An
/// installment that is paid before its due date bears interest until that day, and what accrues from then on falls due
/// with the next unpaid one.
/// </summary>
internal sealed partial class ProgressiveRecalculation
{
    private readonly LoanTerms terms;
    private readonly InstallmentBook book;
    private Period[] periods;
    private readonly DateOnly startOn;
    private long amortized;
    private DateOnly accruedThrough;

    // The first row after the interest grace; rows before it bear no interest yet.
    private int graceEnd;

    public ProgressiveRecalculation(LoanTerms terms, InstallmentBook book, DateOnly startOn)
    {
        this.terms = terms;
        this.book = book;
        this.startOn = startOn;
        accruedThrough = startOn;
        var rows = book.Rows;
        periods = new Period[rows.Length];
        var free = terms.InterestFreePeriods + (terms.DownPayment is null ? 0 : 1);
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            periods[i].IsSettled = row.IsDownPayment;
            periods[i].Installment = row.Due.Principal + row.Due.Interest;
            periods[i].Principal = row.Due.Principal;
            periods[i].Factor = row.IsDownPayment || i < free ? 0m : DayCount.Factor(terms, row.FromOn, row.DueOn);
            amortized += row.Due.Principal;
        }

        if (terms.GraceInterest == 0)
            return;
        var first = terms.DownPayment is null ? 0 : 1;
        graceEnd = first + Math.Min(terms.GraceInterest, rows.Length - first - 1);
    }

    /// <summary>A down payment of a further disbursement was put before a row.</summary>
    public void Insert(int index)
    {
        var longer = new Period[periods.Length + 1];
        periods.AsSpan(0, index).CopyTo(longer);
        periods.AsSpan(index).CopyTo(longer.AsSpan(index + 1));
        longer[index].IsSettled = true;
        if (index < graceEnd)
            graceEnd++;
        longer[index].Installment = book.Rows[index].Due.Principal;
        periods = longer;
        amortized += book.Rows[index].Due.Principal;
    }

    /// <summary>A further disbursement of full term made the plan longer.</summary>
    /// <param name="index">Of the first row that was inserted.</param>
    /// <param name="count">How many.</param>
    public void Extend(int index, int count)
    {
        Array.Resize(ref periods, index + count);
        for (var i = index; i < periods.Length; i++)
            periods[i].Factor = DayCount.Factor(terms, book.Rows[i].FromOn, book.Rows[i].DueOn);
    }

    /// <summary>A further disbursement was spread over the rows: the installments grow by what it added.</summary>
    /// <param name="before">The rows as they were.</param>
    public void Grow(ReadOnlySpan<InstallmentState> before)
    {
        for (var i = 0; i < periods.Length; i++)
        {
            var added = book.Rows[i].Due - before[i].Due;
            periods[i].Installment += added.Principal + added.Interest;
            periods[i].Leaves = book.Rows[i].Leaves;
            periods[i].Principal += added.Principal;
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
            if (row.DueOn <= accruedThrough)
                continue;
            var until = on < row.DueOn ? on : row.DueOn;
            periods[i].Accrue(Accrual(i, owed, accruedThrough, until));
            accruedThrough = until;
            if (row.DueOn > on || periods[i].IsSettled)
                continue;
            var asked = Asked(i, Borne(i));
            Fix(i, asked, Unplanned(), PaidFrom(i + 1));
            SettleRow(i, asked);
            if (!terms.Recalculation!.InterestOnOverdue)
                owed = Owed();
        }

        if (accruedThrough < on)
            accruedThrough = on;
    }

    /// <summary>
    /// Shows the installments as they can be paid on the day of the last advance: interest only till that day (or the
    /// rest date given), the principal of all that is to come without interest. Together they close the loan.
    /// </summary>
    /// <param name="interestThrough">The day through which interest is asked for.</param>
    /// <param name="rule">
    /// Which installments keep their amount: the first ones, so that the last takes what is left; or if the money goes
    /// to the last one first, the last ones.
    /// </param>
    public void MakePayable(DateOnly interestThrough, FutureRule rule = FutureRule.NextInstallment)
    {
        LookAhead(interestThrough);
        if (EnlargesCurrent)
        {
            FillCurrent();
            return;
        }

        if (rule is FutureRule.LastInstallment or FutureRule.NextLastInstallment)
        {
            FillFromLast(keepsNext: rule == FutureRule.NextLastInstallment);
            return;
        }

        var (left, paidAhead) = (Unplanned(), PaidFrom(0));
        for (var i = 0; i < periods.Length; i++)
        {
            if (periods[i].IsSettled)
                continue;
            paidAhead -= PaidOf(i);
            left = Fix(i, Borne(i), left, paidAhead);
        }
    }

    /// <summary>After a payment: what it finished stays as it is.</summary>
    public void Settle()
    {
        for (var i = 0; i < periods.Length; i++)
        {
            var owed = book.Rows[i].Outstanding;
            if (!periods[i].IsSettled && owed.Principal == 0 && owed.Interest == 0 && book.Rows[i].Paid.Principal > 0)
                SettleRow(i, Borne(i));
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
            if (!periods[i].IsSettled)
                owed -= book.Rows[i].Paid.Principal - book.Rows[i].Returned;
        var moved = 0L;
        for (var i = 0; i < periods.Length; i++)
        {
            var row = book.Rows[i];
            var from = row.FromOn > accruedThrough ? row.FromOn : accruedThrough;
            moved += periods[i].Left(from < row.DueOn ? Accrual(i, Bearing(row, owed), from, row.DueOn) : 0m);
            if (periods[i].IsSettled)
                continue;
            var before = left;
            paidAhead -= PaidOf(i);
            var asked = Asked(i, moved);
            left = Fix(i, asked, left, paidAhead);
            owed -= before - left - row.Paid.Principal + row.Returned;
            moved -= asked;
        }
    }

    // If interest rests on due dates, what is overdue inside a period bears interest to its end.
    private long Bearing(in InstallmentState row, long planned) =>
        terms.RestsOnDueDates && row.FromOn < accruedThrough ? Owed() : planned;

    // The interest of the periods that an installment bears: its own, and those before it whose installments are
    // settled or within the interest grace. Each period is rounded once; what a settled installment has taken of it is
    // gone.
    private long Borne(int index)
    {
        if (index < graceEnd)
            return 0;
        var interest = periods[index].Left();
        for (var i = index - 1; i >= 0 && IsBorneLater(i); i--)
            interest += periods[i].Left();
        return interest;
    }

    // An installment with so much principal paid ahead that its interest would make it larger than agreed leaves the
    // interest to the next one.
    private long Asked(int index, long interest)
    {
        if (index < graceEnd)
            return 0;
        if (EnlargesCurrent || FirstOpen(index + 1) >= periods.Length)
            return interest;
        if (PaidOf(index) > Math.Max(0, Wanted(index, interest)))
            return Math.Min(interest, PaidInterestOf(index));
        return terms.Amortization == Amortization.EqualPrincipal
            ? interest
            : Math.Min(interest, Math.Max(periods[index].Installment, PaidInterestOf(index)));
    }

    // What the row asks for is taken from the oldest period that it bears; what it leaves falls to the next row.
    private void SettleRow(int index, long interest)
    {
        periods[index].IsSettled = true;
        if (index < graceEnd)
            return;
        var first = index;
        while (first > 0 && IsBorneLater(first - 1))
            first--;
        for (var i = first; i <= index; i++)
            interest -= periods[i].Take(interest);
    }

    private bool IsBorneLater(int index) => periods[index].IsSettled || index < graceEnd;

    // Interest of days to come, by the periods in which they lie, as Advance will have it when they have passed.
    private void LookAhead(DateOnly through)
    {
        var (owed, from) = (Owed(), accruedThrough);
        for (var i = 0; i < periods.Length; i++)
        {
            periods[i].Ahead = 0m;
            var dueOn = book.Rows[i].DueOn;
            if (dueOn <= from || from >= through)
                continue;
            var until = through < dueOn ? through : dueOn;
            periods[i].Ahead = Accrual(i, owed, from, until);
            from = until;
        }
    }

    // Principal really outstanding, whatever view of the rows is shown at the moment.
    private long Owed()
    {
        var owed = amortized - WithoutInterest();
        for (var i = 0; i < book.Count; i++)
        {
            ref readonly var row = ref book.Rows[i];
            owed += i < periods.Length ? row.Returned - row.Paid.Principal : row.Outstanding.Principal;
        }

        return owed;
    }

    // What is overdue, if that bears no interest.
    private long WithoutInterest()
    {
        if (terms.Recalculation!.InterestOnOverdue)
            return 0;
        var overdue = 0L;
        for (var i = 0; i < periods.Length; i++)
            if (periods[i].IsSettled && book.Rows[i].DueOn <= accruedThrough)
                overdue += Math.Max(0, book.Rows[i].Outstanding.Principal);
        return overdue;
    }

    // Principal that no settled installment has taken.
    private long Unplanned()
    {
        var left = amortized;
        for (var i = 0; i < periods.Length; i++)
            if (periods[i].IsSettled)
                left -= book.Rows[i].Due.Principal - book.Rows[i].Returned;
        return left;
    }

    // Gives an installment its interest; of the principal that is left it takes what fits its amount, but leaves what
    // is already paid on later ones. Returns what is left then.
    private long Fix(int index, long interest, long left, long paidAhead)
    {
        var least = PaidOf(index);
        var principal =
            FirstOpen(index + 1) == periods.Length
                ? left
                : Math.Clamp(
                    periods[index].Leaves is { } leaves
                        ? left - leaves
                        : Wanted(index, Math.Max(interest, PaidInterestOf(index))),
                    least,
                    Math.Max(least, left - paidAhead)
                );
        return left - Set(index, principal, interest);
    }

    private long Wanted(int index, long interest) =>
        terms.Amortization == Amortization.EqualPrincipal
            ? periods[index].Principal
            : periods[index].Installment - interest;

    // What was charged back is asked for beside it.
    private long Set(int index, long principal, long interest)
    {
        ref var row = ref book.Rows[index];
        row.Due = row.Due with
        {
            Principal = principal + row.Returned,
            Interest = Math.Max(interest, PaidInterestOf(index)) + row.ReturnedIncome.Interest,
        };
        if (!row.Outstanding.IsZero)
            row.PaidOn = null;
        return principal;
    }

    private long PaidInterestOf(int index) =>
        Math.Max(0, book.Rows[index].Paid.Interest - book.Rows[index].ReturnedIncome.Interest);

    private long PaidOf(int index) => Math.Max(0, book.Rows[index].Paid.Principal - book.Rows[index].Returned);

    private long PaidFrom(int index)
    {
        var paid = 0L;
        for (; index < periods.Length; index++)
            if (!periods[index].IsSettled)
                paid += PaidOf(index);
        return paid;
    }

    private int FirstOpen(int index)
    {
        while (index < periods.Length && periods[index].IsSettled)
            index++;
        return index;
    }

    // Exact, so that it does not matter into how many pieces the days are cut: only the sum is rounded.
    private decimal Accrual(int index, long owed, DateOnly from, DateOnly until)
    {
        ref readonly var row = ref book.Rows[index];
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        if (days <= 0 || owed <= 0)
            return 0m;
        return owed * periods[index].Factor * (until.DayNumber - from.DayNumber) / days;
    }

    private struct Period
    {
        private decimal accrued;
        private long taken;

        /// <summary>What the installment asks for as agreed, in minor units.</summary>
        public long Installment;

        /// <summary>As in its row: what the disbursements that run longer leave of the balance after it.</summary>
        public long? Leaves;

        /// <summary>Of <see cref="Installment"/>: principal.</summary>
        public long Principal;
        public decimal Factor;

        /// <summary>Interest of its days to come, if it is asked for already. Minor units, not rounded.</summary>
        public decimal Ahead;

        /// <summary>Its principal and interest are final.</summary>
        public bool IsSettled;

        public void Reduce(long installment, long principal) => (Installment, Principal) = (installment, principal);

        public void Accrue(decimal interest)
        {
            accrued += interest;
            Ahead = 0m;
        }

        /// <summary>Interest of its days that no settled installment has taken, in minor units.</summary>
        public readonly long Left() => Left(Ahead);

        /// <summary>The same, with interest of days to come.</summary>
        public readonly long Left(decimal ahead)
        {
            var interest = accrued + ahead;
            return interest == 0m ? 0 : Math.Max(0, Significant.ToMinor(Significant.Round(interest)) - taken);
        }

        /// <summary>Takes of the interest that is left, at most an amount.</summary>
        public long Take(long interestMax)
        {
            var interest = Math.Min(Left(), interestMax);
            taken += interest;
            return interest;
        }
    }
}

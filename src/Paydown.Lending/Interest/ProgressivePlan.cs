using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// The installments of a progressive loan as agreed, and the rows that show them: which are settled, what principal is
/// left for the others, and which interest each of them bears. All amounts in minor units.
/// </summary>
internal sealed class ProgressivePlan
{
    private readonly LoanTerms terms;
    private readonly InstallmentBook book;
    private PlanPeriod[] periods;
    private bool isDeferring;

    public ProgressivePlan(LoanTerms terms, InstallmentBook book)
    {
        this.terms = terms;
        this.book = book;
        var rows = book.Rows;
        periods = new PlanPeriod[rows.Length];
        var free = terms.InterestFreePeriods + (terms.DownPayment is null ? 0 : 1);
        for (var i = 0; i < rows.Length; i++)
        {
            ref var row = ref rows[i];
            row.PrincipalInPlan = row.Due.Principal;
            periods[i].IsSettled = row.IsDownPayment;
            periods[i].Installment = row.Due.Principal + row.Due.Interest;
            periods[i].Principal = row.Due.Principal;
            periods[i].Factor = row.IsDownPayment || i < free ? 0m : DayCount.Factor(terms, row.FromOn, row.DueOn);
            Amortized += row.Due.Principal;
        }

        if (terms.GraceInterest == 0)
            return;
        Defer(terms.DownPayment is null ? 0 : 1, terms.GraceInterest);
    }

    /// <summary>Principal of all disbursements.</summary>
    public long Amortized { get; private set; }

    /// <summary>How many rows are part of the plan; what is owed after maturity is not.</summary>
    public int Count => periods.Length;

    public ref PlanPeriod this[int index] => ref periods[index];

    public bool IsEqualPrincipal => terms.Amortization == Amortization.EqualPrincipal;

    /// <summary>Adopts the rows that a further disbursement has changed.</summary>
    public void Add(in AddedRows added)
    {
        if (added.DownPaymentAt is { } index)
            Insert(index);
        if (added.ExtendedCount > 0)
        {
            // What was the last installment took the rest of its plan; from now on, another one does.
            ref readonly var last = ref added.Before[added.ExtendedAt - 1];
            periods[added.ExtendedAt - 1].Installment = last.PlannedPrincipal + last.PlannedInterest;
            Array.Resize(ref periods, added.ExtendedAt + added.ExtendedCount);
            for (var i = added.ExtendedAt; i < periods.Length; i++)
                periods[i].Factor = DayCount.Factor(terms, book.Rows[i].FromOn, book.Rows[i].DueOn);
        }

        for (var i = 0; i < periods.Length; i++)
        {
            var more = book.Rows[i].Due - added.Before[i].Due;
            periods[i].Installment += more.Principal + more.Interest;
            periods[i].Principal += more.Principal;
            Amortized += more.Principal;
            if (periods[i].IsSettled && more.Principal > 0)
                periods[i].Reopen(PaidInterestOf(i));
        }
    }

    /// <summary>The first row from an index on that is not settled; <see cref="Count"/> if all are.</summary>
    public int FirstOpen(int index)
    {
        while (index < periods.Length && periods[index].IsSettled)
            index++;
        return index;
    }

    /// <summary>Principal that no settled installment has taken.</summary>
    public long Unplanned()
    {
        var left = Amortized;
        for (var i = 0; i < periods.Length; i++)
            if (periods[i].IsSettled)
                left -= book.Rows[i].PlannedPrincipal;
        return left;
    }

    /// <summary>Principal that the rows through an index leave.</summary>
    public long LeftAfter(int index)
    {
        var left = Amortized;
        for (var i = 0; i <= index; i++)
            left -= book.Rows[i].PlannedPrincipal;
        return left;
    }

    /// <summary>Principal paid on a row, without what was charged back.</summary>
    public long PaidOf(int index) => book.Rows[index].PlannedPrincipalPaid;

    /// <summary>Principal paid on the open rows from an index on.</summary>
    public long PaidFrom(int index)
    {
        var paid = 0L;
        for (; index < periods.Length; index++)
            if (!periods[index].IsSettled)
                paid += PaidOf(index);
        return paid;
    }

    /// <summary>Interest paid on a row, without what was charged back.</summary>
    public long PaidInterestOf(int index) => book.Rows[index].PlannedInterestPaid;

    /// <summary>
    /// The interest of the periods that an installment bears: its own, and those before it whose installments are
    /// settled or within the interest grace. Each period is rounded once; what a settled
    /// installment took of it is excluded.
    /// </summary>
    public long Borne(int index)
    {
        if (periods[index].IsDeferred)
            return 0;
        var interest = periods[index].Left;
        for (var i = index - 1; i >= 0 && IsBorneLater(i); i--)
            interest += periods[i].Left;
        return interest;
    }

    /// <summary>
    /// The part of the interest that an installment charges. If so much principal is paid
    /// ahead that the interest would make the installment larger than agreed, the next one bears that interest.
    /// </summary>
    public long Asked(int index, long interest)
    {
        if (periods[index].IsDeferred)
            return 0;
        if (EarlyPayments.EnlargeCurrent(terms) || FirstOpen(index + 1) >= periods.Length)
            return interest;
        if (PaidOf(index) > Math.Max(0, Wanted(index, interest)))
            return Math.Min(interest, PaidInterestOf(index));
        return IsEqualPrincipal
            ? interest
            : Math.Min(interest, Math.Max(periods[index].Installment, PaidInterestOf(index)));
    }

    /// <summary>The principal of an installment as agreed, if it bears this interest.</summary>
    public long Wanted(int index, long interest) =>
        IsEqualPrincipal ? periods[index].Principal : periods[index].Installment - interest;

    /// <summary>
    /// Sets the interest of an installment. Of the remaining principal it takes what fits its amount, but leaves what
    /// is already paid on later ones.
    /// </summary>
    /// <returns>The principal that is left for the installments after it.</returns>
    public long Fix(int index, long interest, long left, long paidAhead)
    {
        if (FirstOpen(index + 1) == periods.Length)
            return left - Set(index, left, interest);
        var least = PaidOf(index);
        var wanted = Wanted(index, Math.Max(interest, PaidInterestOf(index)));
        return left - Set(index, Math.Clamp(wanted, least, Math.Max(least, left - paidAhead)), interest);
    }

    /// <summary>Sets principal and interest of a row; what was charged back is added.</summary>
    /// <returns>The principal.</returns>
    public long Set(int index, long principal, long interest)
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

    /// <summary>
    /// Makes an installment final. Its interest is taken from the oldest period that it bears; the next row bears the
    /// rest.
    /// </summary>
    public void Settle(int index, long interest)
    {
        periods[index].IsSettled = true;
        if (periods[index].IsDeferred)
        {
            EndDeferral();
            return;
        }

        var first = index;
        while (first > 0 && IsBorneLater(first - 1))
            first--;
        for (var i = first; i <= index; i++)
            interest -= periods[i].Take(interest);
        EndDeferral();
    }

    /// <summary>What the rows ask for is the principal of the plan, with what left its rows.</summary>
    public void AdoptPrincipal(long moved)
    {
        Amortized = moved;
        for (var i = 0; i < periods.Length; i++)
            Amortized += book.Rows[i].PlannedPrincipal;
    }

    /// <summary>Adopts rows that were taken away or added at the end.</summary>
    public void Resize(int count) => Array.Resize(ref periods, count);

    /// <summary>Interest of some rows falls due with the first one after them; the last row bears its own.</summary>
    public void Defer(int first, int count)
    {
        for (var i = first; i < first + count && i < periods.Length - 1; i++)
            periods[i].IsDeferred = isDeferring = true;
    }

    // Interest can be deferred only while there is a row to come that will bear it.
    private void EndDeferral()
    {
        if (!isDeferring)
            return;
        foreach (ref readonly var period in periods.AsSpan())
            if (period is { IsSettled: false, IsDeferred: false })
                return;
        isDeferring = false;
        foreach (ref var period in periods.AsSpan())
            period.IsDeferred = false;
    }

    private bool IsBorneLater(int index) => periods[index].IsSettled || periods[index].IsDeferred;

    private void Insert(int index)
    {
        var longer = new PlanPeriod[periods.Length + 1];
        periods.AsSpan(0, index).CopyTo(longer);
        periods.AsSpan(index).CopyTo(longer.AsSpan(index + 1));
        longer[index].IsSettled = true;
        longer[index].Installment = book.Rows[index].Due.Principal;
        periods = longer;
        Amortized += book.Rows[index].Due.Principal;
    }
}

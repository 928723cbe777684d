using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// Recalculated interest of a progressive loan: it accrues each day on the principal that is really outstanding. The
/// installments keep their amount; more interest leaves less principal in them, and the last one absorbs. An
/// installment that is paid before its due date bears interest until that day, and what accrues from then on falls due
/// with the next unpaid one.
/// </summary>
internal sealed class ProgressiveInterest : IInterestStrategy
{
    private readonly LoanTerms terms;
    private readonly InstallmentBook book;
    private readonly DateOnly startOn;
    private readonly ProgressivePlan plan;
    private readonly InterestCalendar calendar;
    private readonly DailyAccrual accrual;
    private readonly LateInterest late;
    private readonly Action<int> fallDue;

    /// <param name="terms">With recalculated interest.</param>
    /// <param name="book">The rows as agreed.</param>
    /// <param name="startOn">The day of disbursement.</param>
    /// <param name="pauses">The days without interest: in order, none in two of them.</param>
    public ProgressiveInterest(LoanTerms terms, InstallmentBook book, DateOnly startOn, IReadOnlyList<DayRange> pauses)
    {
        (this.terms, this.book, this.startOn) = (terms, book, startOn);
        plan = new ProgressivePlan(terms, book);
        calendar = new InterestCalendar(pauses);
        accrual = new DailyAccrual(terms, book, plan, calendar, startOn);
        late = new LateInterest(book, plan);
        fallDue = FallDue;
    }

    public void ShowRows(DateOnly on)
    {
        accrual.AccrueThrough(on, fallDue);
        ShowPlan();
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A partial payment pays interest only through its own day; but it must not close the loan for less than closing
    /// it costs.
    /// </remarks>
    public void ShowPayable(DateOnly on, long money, FutureRule rule)
    {
        accrual.AccrueThrough(on, fallDue);
        var partOn = ClosingDates.OfPart(terms, book, on);
        var closingOn = ClosingDates.OfClosing(terms, book, on);
        ShowThrough(closingOn, rule);
        if (rule == FutureRule.Reamortization && book.Outstanding().Total <= money)
            EarlyPayments.SplitEvenly(plan, money);
        if (closingOn == partOn || book.Outstanding().Total <= money)
            return;
        ShowThrough(partOn, rule);
        if (book.Outstanding().Total <= money)
            ShowThrough(closingOn, rule);
    }

    public void AfterPayment(DateOnly on)
    {
        // The payable rows leave nothing in later ones but what was paid ahead: those are only met with all the rest.
        var isAll = book.Outstanding() is { Principal: 0, Interest: 0 };
        for (var i = 0; i < plan.Count; i++)
        {
            var owed = book.Rows[i].Outstanding;
            if (plan[i].IsSettled || owed.Principal > 0 || owed.Interest > 0 || book.Rows[i].Paid.Principal == 0)
                continue;
            if (isAll || book.IsPaidNow(i))
                plan.Settle(i, plan.Borne(i));
        }

        ShowPlan();
        if (EarlyPayments.ReduceInstallments(plan, terms, startOn))
            ShowPlan();
        SettleMet(on);
        book.MarkMet(on);
    }

    // What was paid ahead on a later row may be all that the plan leaves for it.
    private void SettleMet(DateOnly on)
    {
        for (var i = 0; i < plan.Count; i++)
        {
            ref var row = ref book.Rows[i];
            if (plan[i].IsSettled || row.Paid.Principal == 0 || !row.Outstanding.IsZero)
                continue;
            plan.Settle(i, plan.PaidInterestOf(i));
            row.PaidOn ??= on;
        }
    }

    public ComponentAmounts ClosingOn(DateOnly on, Func<long, PaymentEffect> pay)
    {
        accrual.AccrueThrough(on, fallDue);
        ShowThrough(ClosingDates.OfClosing(terms, book, on), FutureRule.NextInstallment);
        return book.Outstanding();
    }

    public DateOnly? ClosingHoldsThrough(DateOnly on) => ClosingDates.OfClosing(terms, book, on);

    public long EarnedThrough(DateOnly on, List<EarnedRow>? rows = null)
    {
        var first = rows?.Count ?? 0;
        for (var i = 0; rows is not null && i < book.Rows.Length; i++)
            rows.Add(new EarnedRow(i, book.Rows[i].FromOn, book.Rows[i].Due.Interest, 0, 0));
        ShowThrough(on, FutureRule.NextInstallment);
        var earned = book.Outstanding().Interest;
        for (var i = first; i < rows?.Count; i++)
        {
            ref readonly var row = ref book.Rows[rows[i].Index];
            rows[i] = rows[i] with { Earned = row.Due.Interest, Paid = row.Paid.Interest };
        }

        ShowPlan();
        return earned;
    }

    public void AfterDisbursement(in AddedRows added)
    {
        plan.Add(added);
        ShowPlan();
    }

    // What is earned stays with the period, and the next open row bears it.
    public long EarnedBeside(int index, DateOnly on) => 0;

    public long Replan(in PlanChange change)
    {
        accrual.ForgetAhead();
        var moved = ProgressiveReplan.Apply(terms, book, plan, calendar, change);
        ShowPlan();
        return moved;
    }

    public void StopInterest(DateOnly on)
    {
        calendar.Stop(on);
        ShowPlan();
    }

    public void Accelerate(int index, in InstallmentState before, DateOnly on)
    {
        accrual.ForgetAhead();
        plan.Resize(index + 1);
        plan.AdoptPrincipal(0);
        if (plan[index].IsSettled)
            plan[index].Carried += before.PlannedInterest;
        plan[index].IsSettled = false;
        plan[index].IsDeferred = false;
        FallDue(index);
    }

    private void FallDue(int index)
    {
        var interest = late.Row() is null ? plan.Asked(index, plan.Borne(index)) : plan.PaidInterestOf(index);
        plan.Fix(index, interest, plan.Unplanned(), plan.PaidFrom(index + 1));
        plan.Settle(index, interest);
    }

    // Interest only through a day, the principal of all that is to come without interest: together they close the loan.
    private void ShowThrough(DateOnly interestThrough, FutureRule rule)
    {
        accrual.LookAhead(interestThrough);
        EarlyPayments.Show(plan, terms, rule);
        if (late.Row() is not { } row)
            return;
        var interest = 0L;
        for (var i = 0; i < plan.Count; i++)
            interest += plan[i].Left;
        late.Show(row, interest);
    }

    // The schedule as it will be if what is overdue is paid today, and the rest as it falls due.
    private void ShowPlan()
    {
        if (late.Row() is { } row)
        {
            ShowLate(row);
            return;
        }

        late.Keep();
        var (left, paidAhead) = (plan.Unplanned(), plan.PaidFrom(0));
        var owed = left;
        for (var i = 0; i < plan.Count; i++)
            if (!plan[i].IsSettled)
                owed -= book.Rows[i].Paid.Principal - book.Rows[i].Returned;
        var moved = 0L;
        for (var i = 0; i < plan.Count; i++)
        {
            moved += plan[i].LeftWith(accrual.Rest(i, owed));
            if (plan[i].IsSettled)
                continue;
            var (before, paid) = (left, book.Rows[i].Paid.Principal - book.Rows[i].Returned);
            paidAhead -= plan.PaidOf(i);
            var asked = plan.Asked(i, moved);
            left = plan.Fix(i, asked, left, paidAhead);
            owed -= before - left - paid;
            moved -= asked;
        }
    }

    // Of days to come only those until its own due date: nobody knows how late it will be.
    private void ShowLate(int index)
    {
        var interest = 0L;
        for (var i = 0; i < plan.Count; i++)
            interest += plan[i].LeftWith(i <= index ? accrual.RestOwed(i) : 0m);
        late.Show(index, interest);
    }
}

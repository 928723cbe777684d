using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// Recalculated interest of a cumulative loan. <see cref="CumulativeRows"/> makes all rows at the disbursement, from
/// all that was ever paid: a later payment needs a new replay, and within one replay nothing changes.
/// </summary>
internal sealed class CumulativeInterest : IInterestStrategy
{
    // One attempt proves the amount; more are needed only if overdue penalties depend on the payment.
    private const int ProofsMax = 4;

    private readonly LoanTerms terms;
    private readonly PaymentHistory history;
    private readonly long amount;
    private readonly DateOnly startOn;
    private readonly InstallmentBook book;
    private readonly long? closing;

    /// <summary>Makes the rows.</summary>
    /// <param name="terms">Cumulative, declining balance, with recalculation on the planned balance.</param>
    /// <param name="history">All that was paid and charged.</param>
    /// <param name="amount">Principal, in minor units.</param>
    /// <param name="startOn">The day of disbursement.</param>
    /// <param name="closingOn">The day on which the loan may be closed.</param>
    public CumulativeInterest(
        LoanTerms terms,
        PaymentHistory history,
        long amount,
        DateOnly startOn,
        DateOnly closingOn
    )
    {
        (this.terms, this.history, this.amount, this.startOn) = (terms, history, amount, startOn);
        var rows = CumulativeRows.Make(terms, history, amount, startOn, closingOn);
        closing = rows.Closing;
        book = new InstallmentBook(rows.ToStates());
    }

    /// <summary>The rows, on which nothing is paid yet.</summary>
    public InstallmentBook Book => book;

    public void ShowRows(DateOnly on) { }

    public void ShowPayable(DateOnly on, long money, FutureRule rule) { }

    public void AfterPayment(DateOnly on) { }

    /// <inheritdoc/>
    /// <remarks>
    /// The amount is found on the rows alone, which is cheap, and proved by paying it. All other debts do not depend
    /// on it.
    /// </remarks>
    public ComponentAmounts ClosingOn(DateOnly on, Func<long, PaymentEffect> pay)
    {
        var outstanding = book.Outstanding();
        var tried = closing is > 0 ? closing.Value : outstanding.Total;
        if (tried <= 0)
            return outstanding;
        var effect = pay(tried);
        var expected = 0L;
        for (var proof = 1; proof < ProofsMax && effect.Left != expected; proof++)
        {
            var beside = effect.Left - RowsLeftAfter(on, tried);
            if (ClosingSearch.Find(tried, money => beside + RowsLeftAfter(on, money)) is not { } found)
                return outstanding;
            (tried, expected) = (found, beside + RowsLeftAfter(on, found));
            effect = pay(tried);
        }

        return effect.Settled;
    }

    // Charges, penalties and chargebacks change the rows of a cumulative loan or are missing from them. If any of
    // them can occur, the amount is certain for this day only.
    public DateOnly? ClosingHoldsThrough(DateOnly on) =>
        terms.OverduePenalty is not null || IsReturned() || history.Charges.Any(charge => charge.DueOn > on)
            ? on
            : ClosingDates.OfClosing(terms, book, on);

    public long EarnedThrough(DateOnly on, List<EarnedRow>? rows = null) =>
        PlannedInterest.EarnedThrough(terms, book, on, rows);

    public void AfterDisbursement(in AddedRows added) { }

    // The rows follow from the payments alone: the rules refuse an act that would change them.
    public long EarnedBeside(int index, DateOnly on) => 0;

    public long Replan(in PlanChange change) => 0;

    public void StopInterest(DateOnly on) { }

    public void Accelerate(int index, in InstallmentState before, DateOnly on) { }

    private long RowsLeftAfter(DateOnly on, long money) =>
        CumulativeRows.Make(terms, history.With(on, money), amount, startOn, closingOn: null).DueTotal - money;

    private bool IsReturned()
    {
        foreach (ref readonly var row in book.Rows)
            if (row.Returned > 0)
                return true;
        return false;
    }
}

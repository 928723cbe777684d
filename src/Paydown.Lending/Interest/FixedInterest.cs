using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// Interest is fixed when the schedule is made: early and late payments do not change it, and the whole debt is payable
/// on any day.
/// </summary>
internal sealed class FixedInterest(LoanTerms agreed, InstallmentBook book) : IInterestStrategy
{
    private LoanTerms terms = agreed;

    public void ShowRows(DateOnly on) { }

    public void ShowPayable(DateOnly on, long money, FutureRule rule) { }

    public void AfterPayment(DateOnly on) { }

    public ComponentAmounts ClosingOn(DateOnly on, Func<long, PaymentEffect> pay) => book.Outstanding();

    public DateOnly? ClosingHoldsThrough(DateOnly on) => null;

    public long EarnedThrough(DateOnly on, List<EarnedRow>? rows = null) =>
        PlannedInterest.EarnedThrough(terms, book, on, rows);

    public void AfterDisbursement(in AddedRows added) { }

    public long EarnedBeside(int index, DateOnly on) => FixedReplan.Earned(book.Rows[index], on);

    public long Replan(in PlanChange change)
    {
        var moved = FixedReplan.Apply(terms, book, change);
        if (change.AnnualRatePercent is { } rate)
            terms = terms with { AnnualRatePercent = rate };
        return moved;
    }

    public void StopInterest(DateOnly on) => FixedReplan.StopInterest(book, on);

    public void Accelerate(int index, in InstallmentState before, DateOnly on) =>
        FixedReplan.Accelerate(book, index, FixedReplan.Earned(before, on));
}

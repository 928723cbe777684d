using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// One way of computing interest. A replay asks each the same four questions, always in order of days: what do the rows
/// show now, what is payable on a day, what changes after a payment, and what closes the loan on a day. The answers are
/// written into the rows of the book. docs/replay.md computes one loan through each strategy by hand.
/// </summary>
internal interface IInterestStrategy
{
    /// <summary>
    /// Rows now: interest runs through a day, and the rows show what falls due when if nothing else happens.
    /// </summary>
    void ShowRows(DateOnly on);

    /// <summary>
    /// Payable on a day: the rows show what a payment of that day can settle, with interest only as far as it is asked
    /// for by then.
    /// </summary>
    /// <param name="on">The day of the payment.</param>
    /// <param name="money">The payment, in minor units: one that closes the loan may owe more interest.</param>
    /// <param name="rule">Which installments the money for the future goes to.</param>
    void ShowPayable(DateOnly on, long money, FutureRule rule);

    /// <summary>
    /// After a payment: settled installments stay as they are, and the rows show when the rest falls due.
    /// </summary>
    void AfterPayment(DateOnly on);

    /// <summary>
    /// Closing on a day: the amount after which nothing is owed. Asked last, because the rows may show what is payable
    /// instead of what falls due from then on.
    /// </summary>
    /// <param name="on">The day, not before the last one asked about.</param>
    /// <param name="pay">Replays the loan with one more payment on that day, in minor units.</param>
    ComponentAmounts ClosingOn(DateOnly on, Func<long, PaymentEffect> pay);

    /// <summary>The last day on which the same amount closes the loan; null: no day changes it.</summary>
    DateOnly? ClosingHoldsThrough(DateOnly on);

    /// <summary>Interest that is earned by the end of a day and unpaid, in minor units.</summary>
    /// <param name="on">The day.</param>
    /// <param name="rows">Receives what each row has to do with it; null if nobody asks.</param>
    long EarnedThrough(DateOnly on, List<EarnedRow>? rows = null);

    /// <summary>A further disbursement has changed the rows.</summary>
    void AfterDisbursement(in AddedRows added);

    /// <summary>
    /// Unpaid interest of a row that is earned by a day and that a re-aging must move, in minor units; 0 if the
    /// strategy moves it by itself.
    /// </summary>
    long EarnedBeside(int index, DateOnly on);

    /// <summary>An officer has changed the rows from one on: their amounts follow.</summary>
    /// <returns>Interest that left earlier rows, in minor units.</returns>
    long Replan(in PlanChange change);

    /// <summary>No interest after a day; the installments to come keep their amount, as principal.</summary>
    void StopInterest(DateOnly on);

    /// <summary>A row has become the last one, and falls due today with all principal.</summary>
    /// <param name="index">The row, with what was paid on the rows after it.</param>
    /// <param name="before">The row as it was before.</param>
    /// <param name="on">Today: interest is earned through it.</param>
    void Accelerate(int index, in InstallmentState before, DateOnly on);
}

/// <summary>The interest of a row that the passing of days has earned. Minor units.</summary>
/// <param name="Index">The row.</param>
/// <param name="FromOn">The first day that earns it.</param>
/// <param name="Whole">What the row asks for in the end, as far as it is known.</param>
/// <param name="Earned">What is earned by the day.</param>
/// <param name="Paid">What is paid.</param>
internal readonly record struct EarnedRow(int Index, DateOnly FromOn, long Whole, long Earned, long Paid)
{
    public long Unpaid => Math.Max(0, Earned - Paid);
}

/// <summary>The effect of one more payment. Minor units.</summary>
/// <param name="Settled">The debts that it settles.</param>
/// <param name="Left">What is owed in the end, less what is overpaid then.</param>
internal readonly record struct PaymentEffect(ComponentAmounts Settled, long Left);

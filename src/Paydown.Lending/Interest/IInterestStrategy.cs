using Paydown.Lending.Amounts;
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
    long EarnedThrough(DateOnly on);

    /// <summary>A further disbursement has changed the rows.</summary>
    void AfterDisbursement(in AddedRows added);
}

/// <summary>The effect of one more payment. Minor units.</summary>
/// <param name="Settled">The debts that it settles.</param>
/// <param name="Left">What is owed in the end, less what is overpaid then.</param>
internal readonly record struct PaymentEffect(ComponentAmounts Settled, long Left);

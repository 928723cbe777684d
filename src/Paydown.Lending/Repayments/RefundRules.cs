using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Repayments;

/// <summary>Decides how much of an overpayment goes back to the customer.</summary>
public static class RefundRules
{
    /// <summary>What is refunded. The order of the refusals is tested.</summary>
    /// <param name="loan">As of today; null: the manager's organisation has none of this id.</param>
    /// <param name="amount">In major units, as it was sent; null: all that is overpaid.</param>
    public static Result<Money> Refund(Loan? loan, decimal? amount)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        var overpaid = loan.Overpaid;
        if (overpaid.IsZero)
            return Refusals.NothingOverpaid();
        if (amount is not { } wanted)
            return overpaid;
        return Money.TryFromMajor(wanted, overpaid.Currency, out var money) && money.IsPositive && money <= overpaid
            ? money
            : Refusals.RefundAmountOutOfRange(overpaid);
    }

    /// <summary>
    /// The day from which a refund counts: today, or the day of the last money that was dated ahead, since nothing can
    /// be given back before it came.
    /// </summary>
    public static DateOnly CountsOn(IReadOnlyList<LoanEvent> events, DateOnly today)
    {
        var last = events.Max(loanEvent => loanEvent.On);
        return last > today ? last : today;
    }
}

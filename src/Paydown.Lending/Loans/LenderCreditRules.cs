using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Loans;

/// <summary>Decides whether the lender may credit a charge back, or pay in the customer's place.</summary>
public static class LenderCreditRules
{
    /// <summary>
    /// The amount that is credited back for a charge: at most what was charged, less what was waived and credited.
    /// </summary>
    /// <param name="loan">As of the day of the credit; null: the officer's organisation has none of this id.</param>
    /// <param name="events">What the loan was replayed from.</param>
    /// <param name="chargeId">The event of the charge.</param>
    /// <param name="amount">In major units, as it was sent; null: all of it.</param>
    public static Result<Money> AdjustCharge(
        Loan? loan,
        IReadOnlyList<LoanEvent> events,
        LoanEventId chargeId,
        decimal? amount
    )
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return Refusals.LoanNotRunning();
        if (loan.Charges.FirstOrDefault(one => one.EventId == chargeId) is not { } charge)
            return Refusals.NotFound("charge");
        var order = EventOrder.Of(events, loan.Terms.Allocation.Strategy);
        var credited = Money.Sum(
            events
                .OfType<ChargeAdjusted>()
                .Where(one => one.ChargeId == chargeId && !order.IsReversed(one.Id))
                .Select(one => one.Amount),
            loan.Terms.Currency
        );
        return UpTo(charge.Amount - charge.Waived - credited, amount);
    }

    /// <summary>The amount that the lender pays in the customer's place.</summary>
    /// <param name="loan">As of the day of the credit; null: the officer's organisation has none of this id.</param>
    /// <param name="amount">In major units, as it was sent; at most what closes the loan.</param>
    public static Result<Money> PayForCustomer(Loan? loan, decimal amount)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return Refusals.LoanNotRunning();
        return UpTo(loan.Money(loan.Payoff.Total), amount);
    }

    private static Result<Money> UpTo(Money most, decimal? amount)
    {
        var money = most;
        return
            (amount is not { } major || Money.TryFromMajor(major, most.Currency, out money))
            && money.IsPositive
            && money <= most
            ? money
            : Refusals.CreditAmountOutOfRange(most.IsPositive ? most : Money.Zero(most.Currency));
    }
}

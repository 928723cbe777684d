using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Loans;

/// <summary>Decides whether the lender may credit a charge back, or pay in the customer's place.</summary>
public static class LenderCreditRules
{
    /// <summary>The amount that is credited back for a charge.</summary>
    /// <param name="loan">As of the day of the credit; null: the officer's organisation has none of this id.</param>
    /// <param name="chargeId">The event of the charge.</param>
    /// <param name="amount">In major units, as it was sent.</param>
    public static Result<Money> AdjustCharge(Loan? loan, LoanEventId chargeId, decimal amount)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return Refusals.LoanNotRunning();
        return loan.Charges.FirstOrDefault(one => one.EventId == chargeId) is { } charge
            ? UpTo(charge.Amount - charge.Waived, amount)
            : Refusals.NotFound("charge");
    }

    /// <summary>The amount that the lender pays in the customer's place.</summary>
    /// <param name="loan">As of the day of the credit; null: the officer's organisation has none of this id.</param>
    /// <param name="amount">In major units, as it was sent.</param>
    public static Result<Money> PayForCustomer(Loan? loan, decimal amount)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return Refusals.LoanNotRunning();
        return UpTo(loan.Money(loan.Outstanding.Total), amount);
    }

    private static Result<Money> UpTo(Money most, decimal amount) =>
        Money.TryFromMajor(amount, most.Currency, out var money) && money.IsPositive && money <= most
            ? money
            : Refusals.CreditAmountOutOfRange(most);
}

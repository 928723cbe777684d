using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Decides whether an officer may charge a fee or a penalty to a loan.</summary>
public static class ChargeRules
{
    private const int DaysAfterMaturityMax = 366;

    /// <summary>The amount of the charge as money. The order of the refusals is tested.</summary>
    /// <param name="loan">As of the day of the charge; null: the officer's organisation has none of this id.</param>
    /// <param name="amount">In major units, as it was sent.</param>
    /// <param name="dueOn">From the disbursement to a year after the last installment or today.</param>
    public static Result<Money> Apply(Loan? loan, decimal amount, DateOnly dueOn)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return Refusals.LoanNotRunning();
        var amountMax = loan.Disbursed;
        if (!Money.TryFromMajor(amount, amountMax.Currency, out var money) || !money.IsPositive || money > amountMax)
            return Refusals.ChargeAmountOutOfRange(amountMax);
        var (first, last) = DueOnLimits(loan);
        return dueOn < first || dueOn > last ? Refusals.ChargeDateOutOfRange(first, last) : money;
    }

    private static (DateOnly First, DateOnly Last) DueOnLimits(Loan loan)
    {
        var maturity = loan.Installments[^1].DueOn;
        var last = maturity > loan.AsOf ? maturity : loan.AsOf;
        return (loan.Transactions.First(IsDisbursement).On, last.AddDays(DaysAfterMaturityMax));
    }

    private static bool IsDisbursement(LoanTransaction transaction) => transaction.Kind == LoanEventKind.Disbursement;
}

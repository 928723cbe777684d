using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Loans;

/// <summary>Decides whether a loan can be written off.</summary>
public static class WriteOffRules
{
    /// <summary>The amount that would be lost: everything outstanding. The order of the refusals is tested.</summary>
    /// <param name="loan">As of today; null: the manager's organisation has no loan of this id.</param>
    public static Result<Money> WriteOff(Loan? loan)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return Refusals.LoanNotRunning();
        return new Money(loan.Outstanding.Total, loan.Terms.Currency);
    }
}

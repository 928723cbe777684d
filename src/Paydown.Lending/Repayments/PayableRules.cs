using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Repayments;

/// <summary>What can be paid on a loan: the one meaning of <c>totalPayable</c>.</summary>
public static class PayableRules
{
    /// <summary>
    /// The outstanding amounts by component: zero before the disbursement, even if a schedule is planned.
    /// </summary>
    public static ComponentAmounts Owed(Loan loan) => loan.DisbursedMinor == 0 ? default : loan.Outstanding;

    /// <summary>
    /// True if nothing is owed any longer: the loan is closed, or more was paid than was owed. Money that arrives
    /// nevertheless is an overpayment.
    /// </summary>
    public static bool IsSettled(LoanStatus status) => status is LoanStatus.Closed or LoanStatus.Overpaid;

    /// <summary>
    /// What closes the loan on the day of its state, less the reports that still await verification, so that one
    /// transfer reported twice cannot pass what is owed. Never negative.
    /// </summary>
    /// <param name="loan">The loan on the day in question.</param>
    /// <param name="pendingMinor">Reported on this loan and not decided, in minor units.</param>
    public static Money TotalPayable(Loan loan, long pendingMinor) =>
        new(TotalPayable(loan.Payoff.Total, pendingMinor), loan.Terms.Currency);

    /// <summary>The same from figures that are known already, in minor units.</summary>
    /// <param name="payoffMinor">What closes the loan.</param>
    /// <param name="pendingMinor">Recorded on this loan and not decided.</param>
    public static long TotalPayable(long payoffMinor, long pendingMinor) => Math.Max(payoffMinor - pendingMinor, 0);
}

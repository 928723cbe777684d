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
    /// True if nothing is owed: the loan is closed, or more was paid than was owed. Money that still
    /// arrives is an overpayment.
    /// </summary>
    public static bool IsSettled(LoanStatus status) => status is LoanStatus.Closed or LoanStatus.Overpaid;

    /// <summary>
    /// The payoff on the day of the loan's state, less the reports that await verification. A transfer reported twice
    /// therefore cannot exceed the debt. Never negative.
    /// </summary>
    /// <param name="loan">The loan on the day in question.</param>
    /// <param name="pendingMinor">The undecided reports on this loan, in minor units.</param>
    public static Money TotalPayable(Loan loan, long pendingMinor) =>
        new(TotalPayable(loan.Payoff.Total, pendingMinor), loan.Terms.Currency);

    /// <summary>The same, from known figures in minor units.</summary>
    /// <param name="payoffMinor">The amount that closes the loan.</param>
    /// <param name="pendingMinor">The undecided repayments of this loan.</param>
    public static long TotalPayable(long payoffMinor, long pendingMinor) => Math.Max(payoffMinor - pendingMinor, 0);
}

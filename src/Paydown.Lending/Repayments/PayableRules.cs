using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Repayments;

/// <summary>What can be paid on a loan: the one meaning of <c>totalPayable</c>.</summary>
public static class PayableRules
{
    /// <summary>
    /// The outstanding amounts by component: zero before the disbursement, even if a schedule is planned.
    /// </summary>
    public static ComponentAmounts Owed(Loan loan) => loan.Disbursed.IsZero ? default : loan.Outstanding;

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
    /// <param name="pending">The undecided reports on this loan.</param>
    public static Money TotalPayable(Loan loan, Money pending) => TotalPayable(loan.Money(loan.Payoff.Total), pending);

    /// <summary>The same, from known figures.</summary>
    /// <param name="payoff">The amount that closes the loan.</param>
    /// <param name="pending">The undecided repayments of this loan.</param>
    public static Money TotalPayable(Money payoff, Money pending) =>
        payoff > pending ? payoff - pending : Money.Zero(payoff.Currency);
}

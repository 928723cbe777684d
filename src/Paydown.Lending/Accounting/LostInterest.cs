using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Accounting;

/// <summary>Interest in suspense that was lost with its loan.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Account">The account of the loss, which has it as less.</param>
public readonly record struct LostInterest(Money Amount, LedgerAccount Account)
{
    /// <summary>What was lost of a loan.</summary>
    /// <param name="loan">The loan; null: nothing is booked yet.</param>
    /// <param name="amount">How much.</param>
    public static LostInterest Of(Loan? loan, Money amount) =>
        new(
            amount,
            loan is not null && ChargeOffs.LossOf(loan) is { Kind: LoanEventKind.ChargeOff }
                ? ChargeOffInterest
                : WriteOffExpense
        );
}

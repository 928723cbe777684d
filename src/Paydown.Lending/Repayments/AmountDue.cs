using Paydown.Lending.Loans;

namespace Paydown.Lending.Repayments;

/// <summary>
/// What a customer is asked to pay now: all that is overdue, and the next installment that falls due.
/// </summary>
/// <param name="Amount">Outstanding on those installments.</param>
/// <param name="DueOn">
/// Due date of the earliest of them, which may have passed; null where nothing is outstanding.
/// </param>
public readonly record struct AmountDue(Money Amount, DateOnly? DueOn)
{
    /// <summary>What is due on a loan, seen from the day of its state.</summary>
    public static AmountDue Of(Loan loan)
    {
        var (minor, dueOn) = (0L, (DateOnly?)null);
        if (PayableRules.Owed(loan).Total == 0) return new AmountDue(Money.Zero(loan.Terms.Currency), null);
        foreach (var installment in loan.Installments.Where(installment => !installment.IsPaid))
        {
            dueOn ??= installment.DueOn;
            minor += installment.Outstanding.Total;
            if (installment.DueOn >= loan.AsOf) break;
        }

        return new AmountDue(new Money(minor, loan.Terms.Currency), dueOn);
    }
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Repayments;

/// <summary>What a customer is asked to pay on a day, and what follows after it.</summary>
public readonly record struct AmountDue
{
    /// <summary>
    /// Outstanding on all installments that are due by this day; if none is, on those of <see cref="NextDueOn"/>.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// The earliest due date of the installments in <see cref="Amount"/>, which may have passed; null if nothing is
    /// outstanding.
    /// </summary>
    public required DateOnly? DueOn { get; init; }

    /// <summary>Outstanding on the installments whose due date has passed.</summary>
    public required Money Overdue { get; init; }

    /// <summary>The earliest due date of the installments in <see cref="Overdue"/>; null if there are none.</summary>
    public DateOnly? OverdueSince => Overdue.IsPositive ? DueOn : null;

    /// <summary>Outstanding on the installments that fall due on <see cref="NextDueOn"/>.</summary>
    public required Money Next { get; init; }

    /// <summary>
    /// The earliest due date from this day on with something outstanding; null if there is none.
    /// </summary>
    public required DateOnly? NextDueOn { get; init; }

    /// <summary>What is due on a loan, seen from the day of its state.</summary>
    public static AmountDue Of(Loan loan)
    {
        var (overdue, next) = (0L, 0L);
        var (firstDueOn, nextDueOn) = ((DateOnly?)null, (DateOnly?)null);
        if (PayableRules.Owed(loan).Total > 0)
        {
            foreach (var installment in loan.Installments.Where(installment => !installment.IsPaid))
            {
                firstDueOn ??= installment.DueOn;
                if (installment.DueOn >= loan.AsOf)
                    nextDueOn ??= installment.DueOn;
                if (nextDueOn is null)
                    overdue += installment.Outstanding.Total;
                else if (installment.DueOn == nextDueOn)
                    next += installment.Outstanding.Total;
                else
                    break;
            }
        }

        var isNextDue = overdue == 0 || nextDueOn == loan.AsOf;
        return new AmountDue
        {
            Amount = new Money(isNextDue ? overdue + next : overdue, loan.Terms.Currency),
            DueOn = firstDueOn,
            Overdue = new Money(overdue, loan.Terms.Currency),
            Next = new Money(next, loan.Terms.Currency),
            NextDueOn = nextDueOn,
        };
    }
}

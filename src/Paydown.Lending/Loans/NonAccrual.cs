using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// Interest in suspense: what a loan earns while it is long past due. It is no income before it is paid, or before the
/// loan is current again. A pure function of terms, events and a day, so a backdated payment changes it as if the
/// payment had been known.
/// </summary>
public static class NonAccrual
{
    /// <summary>
    /// The last day whose interest is income: on this day, the oldest unpaid installment was past due for the given
    /// number of days, and since then something has always been overdue.
    /// </summary>
    /// <param name="loan">As of the day in question.</param>
    /// <param name="afterDays">Days past due: 1 or more.</param>
    /// <returns>Null if the interest of all days is income.</returns>
    public static DateOnly? LastIncomeOn(Loan loan, int afterDays)
    {
        if (OverdueSince(loan) is not { } since)
            return null;
        DateOnly? first = null;
        foreach (var row in loan.Installments)
        {
            if (row.DueOn < since || IsTolerated(loan, row))
                continue;
            var on = Arrears.DayOf(loan.ArrearsPauses, row.DueOn, afterDays);
            if (on < loan.AsOf && IsOverdue(row, on) && !(first <= on))
                first = on;
        }

        return first;
    }

    /// <summary>The part of the earned and unpaid interest that is in suspense.</summary>
    internal static Money Suspended(
        LoanTerms terms,
        IReadOnlyList<LoanEvent> events,
        DateOnly day,
        Money unpaid,
        int afterDays
    )
    {
        var loan = Loan.Replay(terms, events, day);
        if (unpaid.IsZero || LastIncomeOn(loan, afterDays) is not { } lastOn)
            return Money.Zero(terms.Currency);
        var income = PastEvents.Through(events, lastOn);
        var earned =
            unpaid
            + SettledIn(loan)
            - EarnedInterest.Unpaid(terms, income, lastOn).Unpaid
            - SettledIn(Loan.Replay(terms, income, lastOn));
        // Payments settle income first, waivers what is in suspense.
        return loan.Money(Math.Clamp(earned.MinorUnits, 0, unpaid.MinorUnits));
    }

    /// <summary>
    /// What was in suspense when the loan was charged off or written off, and so is no loss; else zero.
    /// </summary>
    internal static Money LostIn(LoanTerms terms, IReadOnlyList<LoanEvent> events, Loan loan, int afterDays)
    {
        if (ChargeOffs.LossOf(loan) is not { } loss)
            return Money.Zero(terms.Currency);
        var before = PastEvents.Before(events, loss.On, events.First(one => one.Id == loss.EventId).Sequence);
        var unpaid = EarnedInterest.Unpaid(terms, before, loss.On).Unpaid;
        return Suspended(terms, before, loss.On, unpaid, afterDays);
    }

    /// <summary>Whether a loan can have interest in suspense on a day, by its rows as of the day.</summary>
    internal static bool IsPossible(InstallmentBook book, int afterDays, DateOnly day)
    {
        foreach (ref readonly var row in book.Rows)
        {
            var on = row.DueOn.AddDays(afterDays);
            if (on < day && !(row.PaidOn <= on))
                return true;
        }

        return false;
    }

    /// <summary>Interest that left the receivable: paid, or lost by a charge-off or write-off.</summary>
    internal static Money SettledIn(Loan loan)
    {
        var settled = 0L;
        foreach (var transaction in loan.Transactions)
        {
            if (transaction.IsReversed || transaction.IsOffTheBooks)
                continue;
            if (
                LoanEventKinds.SettlesDebts(transaction.Kind)
                || transaction.Kind is LoanEventKind.WriteOff or LoanEventKind.ChargeOff
            )
                settled += transaction.Components.Interest;
        }

        return loan.Money(settled);
    }

    // The day after which something has been overdue every day.
    private static DateOnly? OverdueSince(Loan loan)
    {
        DateOnly? since = null;
        var on = loan.AsOf;
        while (OldestOverdueOn(loan, on) is { } dueOn)
            since = on = dueOn;
        return since;
    }

    private static DateOnly? OldestOverdueOn(Loan loan, DateOnly on)
    {
        DateOnly? oldest = null;
        foreach (var row in loan.Installments)
            if (row.DueOn < on && IsOverdue(row, on) && !IsTolerated(loan, row) && !(oldest <= row.DueOn))
                oldest = row.DueOn;
        return oldest;
    }

    // What is tolerated now is not counted for the time before either.
    private static bool IsTolerated(Loan loan, Installment row) =>
        !row.IsPaid && Arrears.IsTolerated(loan.Terms, row.Outstanding.Total, row.Due.Total);

    // At the end of a day after its due date.
    private static bool IsOverdue(Installment row, DateOnly on) => row.PaidOn is null ? !row.IsPaid : row.PaidOn > on;
}

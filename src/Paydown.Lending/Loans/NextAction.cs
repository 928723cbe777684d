namespace Paydown.Lending.Loans;

/// <summary>The first day on which the passing of time alone changes what is stored about a loan.</summary>
public static class NextAction
{
    /// <summary>
    /// The first day whose end of day has something to do after a change of the loan. The change does not know what its
    /// organisation has decided, so the next end of day looks at every loan that it has never seen or that is overdue.
    /// </summary>
    /// <param name="loan">The loan, whose penalties through its own day are charged.</param>
    /// <param name="standing">What the last end of day has left.</param>
    /// <returns>Null if nothing will change.</returns>
    public static DateOnly? AfterChange(Loan loan, DayStanding standing) =>
        standing.Rules == 0 || standing.Bucket != 0 || Arrears.DaysPastDue(loan, ArrearsPolicy.Default, loan.AsOf) > 0
            ? loan.AsOf
            : Of(loan, standing, new DayRules(), loan.AsOf);

    /// <summary>
    /// The first day after a day whose end of day has something to do: interest to recognise, a penalty to charge,
    /// another bucket of arrears, a month end of the allowance for losses, or a reminder of the day after it.
    /// </summary>
    /// <param name="loan">The loan, whose penalties through <paramref name="after"/> are charged.</param>
    /// <param name="standing">What the end of <paramref name="after"/> has left.</param>
    /// <param name="rules">What the organisation has decided.</param>
    /// <param name="after">The day.</param>
    /// <returns>Null if nothing will change.</returns>
    public static DateOnly? Of(Loan loan, DayStanding standing, DayRules rules, DateOnly after)
    {
        var next = Earlier(Arrears.NextChangeOn(loan, rules.Arrears, after), PenaltyOn(loan, after));
        next = Earlier(next, Reminders.NextOn(loan, rules.ReminderDays, after));
        if (standing.Accrued is { } accrued)
            next = Earlier(next, PostingDays.Next(standing.Accrual.Posting, loan, accrued.On));
        return standing.Provision is { } provision && NeedsProvision(loan, provision)
            ? Earlier(next, PostingDays.MonthEndAfter(provision.On))
            : next;
    }

    private static bool NeedsProvision(Loan loan, Provision provision) =>
        !provision.Allowance.IsZero || loan.IsOnTheBooks;

    private static DateOnly? PenaltyOn(Loan loan, DateOnly after)
    {
        if (loan.Terms.OverduePenalty is not { } penalty || loan.Status is LoanStatus.WrittenOff)
            return null;
        DateOnly? next = null;
        foreach (var installment in loan.Installments)
        {
            if (next <= installment.DueOn)
                break;
            if (installment.Outstanding.Total > 0)
                next = Earlier(next, Penalties.NextOn(loan.ArrearsPauses, installment.DueOn, penalty, after));
        }

        return next;
    }

    private static DateOnly? Earlier(DateOnly? left, DateOnly? right) =>
        left is null ? right
        : right is null || left < right ? left
        : right;
}

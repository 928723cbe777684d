namespace Paydown.Lending.Loans;

/// <summary>The first day on which the passing of time alone changes what is stored about a loan.</summary>
public static class NextAction
{
    // Organisations cannot choose another one yet.
    private static readonly ArrearsPolicy Policy = ArrearsPolicy.Default;

    /// <summary>
    /// The first day after a day whose end of day has something to do: interest to recognise, a penalty to charge, or
    /// another bucket of arrears.
    /// </summary>
    /// <param name="loan">The loan, whose penalties through <paramref name="after"/> are charged.</param>
    /// <param name="posting">When the loan's interest is recognised.</param>
    /// <param name="accruedOn">The day through which it was recognised; null if it never was.</param>
    /// <param name="bucket">The bucket of arrears that was reported last.</param>
    /// <param name="after">The day.</param>
    /// <returns>Null if nothing will change.</returns>
    public static DateOnly? Of(Loan loan, AccrualPosting posting, DateOnly? accruedOn, int bucket, DateOnly after)
    {
        // The next run reports the change.
        if (bucket != Policy.BucketOf(Arrears.DaysPastDue(loan, Policy, after)))
            return after;
        var next = Earlier(Arrears.NextChangeOn(loan, Policy, after), PenaltyOn(loan, after));
        return accruedOn is { } on ? Earlier(next, PostingDays.Next(posting, loan, on)) : next;
    }

    private static DateOnly? PenaltyOn(Loan loan, DateOnly after)
    {
        if (loan.Terms.OverduePenalty is not { } penalty || loan.Status is LoanStatus.WrittenOff)
            return null;
        foreach (var installment in loan.Installments)
            if (
                installment.Outstanding.Total > 0
                && Arrears.DayOf(loan.ArrearsPauses, installment.DueOn, penalty.GraceDays + 1) is var on
                && on > after
            )
                return on;
        return null;
    }

    private static DateOnly? Earlier(DateOnly? left, DateOnly? right) =>
        left is null ? right
        : right is null || left < right ? left
        : right;
}

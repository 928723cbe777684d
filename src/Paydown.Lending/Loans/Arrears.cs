namespace Paydown.Lending.Loans;

/// <summary>How late a loan is: the days since its oldest unpaid installment was due, and their bucket.</summary>
public static class Arrears
{
    // The first day of each bucket: 1-30, 31-60, 61-90, 91-180, over 180.
    private static readonly int[] Starts = [1, 31, 61, 91, 181];

    /// <summary>Days since the due date of the oldest unpaid installment; 0 if none is overdue.</summary>
    public static int DaysPastDue(Loan loan, DateOnly on) =>
        OldestUnpaidDueOn(loan) is { } dueOn && dueOn < on ? on.DayNumber - dueOn.DayNumber : 0;

    /// <summary>The bucket of a number of days past due: 0 is current, 1 is the first.</summary>
    public static int BucketOf(int daysPastDue)
    {
        var bucket = 0;
        while (bucket < Starts.Length && daysPastDue >= Starts[bucket])
            bucket++;
        return bucket;
    }

    /// <summary>The first day after a day on which the loan enters another bucket; null if it enters none.</summary>
    public static DateOnly? NextChangeOn(Loan loan, DateOnly after)
    {
        if (OldestUnpaidDueOn(loan) is not { } dueOn)
            return null;
        foreach (var start in Starts)
            if (dueOn.AddDays(start) is var on && on > after)
                return on;
        return null;
    }

    private static DateOnly? OldestUnpaidDueOn(Loan loan)
    {
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return null;
        foreach (var installment in loan.Installments)
            if (installment.Outstanding.Total > 0)
                return installment.DueOn;
        return null;
    }
}

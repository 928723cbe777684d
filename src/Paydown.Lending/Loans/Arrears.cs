using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// Days past due, and the bucket that they are in: a pure function of a loan on a day. Nothing of it is stored. An
/// installment is overdue from the day after its due date while it owes more than the tolerance; what a chargeback
/// made owed again, from the day after the chargeback.
/// </summary>
public static class Arrears
{
    /// <summary>The arrears of a loan.</summary>
    /// <param name="loan">As of the day in question.</param>
    /// <param name="policy">What counts as overdue.</param>
    public static ArrearsState Of(Loan loan, ArrearsPolicy policy) => Of(loan, policy, loan.AsOf);

    /// <summary>The arrears of a loan, with its days counted through an earlier day.</summary>
    /// <param name="loan">What is owed.</param>
    /// <param name="policy">What counts as overdue.</param>
    /// <param name="countedThrough">The last day that counts.</param>
    public static ArrearsState Of(Loan loan, ArrearsPolicy policy, DateOnly countedThrough)
    {
        var (overdue, since) = (0L, (DateOnly?)null);
        var byAge = new long[policy.BucketsFrom.Count + 1];
        foreach (var row in loan.Installments)
        {
            if (loan.Disbursed.IsZero || FindOverdue(loan, row) is not { } found)
                continue;
            overdue += found.Amount;
            since = since < found.Since ? since : found.Since;
            byAge[policy.BucketOf(CountedDays(loan, found.Since, countedThrough))] += found.Amount;
        }

        var from = since?.AddDays(policy.GraceDays);
        var days = from is { } first ? CountedDays(loan, first, countedThrough) : 0;
        return new ArrearsState
        {
            OverdueSince = since,
            CountedFrom = from < countedThrough ? from : null,
            DaysPastDue = days,
            DaysSinceDue = since is { } dueOn ? Math.Max(0, countedThrough.DayNumber - dueOn.DayNumber) : 0,
            Bucket = policy.BucketOf(days),
            Overdue = loan.Money(overdue),
            ByAge = InBuckets(loan, byAge),
        };
    }

    /// <summary>
    /// The days past due at the end of a day that may lie after the loan's own: nothing is paid until then.
    /// </summary>
    public static int DaysPastDue(Loan loan, ArrearsPolicy policy, DateOnly on) =>
        FirstUnpaidOn(loan) is { } since ? CountedDays(loan, since.AddDays(policy.GraceDays), on) : 0;

    /// <summary>The first day after a day on which a loan enters another bucket; null if it enters none.</summary>
    public static DateOnly? NextChangeOn(Loan loan, ArrearsPolicy policy, DateOnly after)
    {
        if (FirstUnpaidOn(loan) is not { } since)
            return null;
        foreach (var start in policy.BucketsFrom)
            if (DayOf(loan.ArrearsPauses, since.AddDays(policy.GraceDays), start) is var on && on > after)
                return on;
        return null;
    }

    /// <summary>The days after one day and through another on which the clock was not paused.</summary>
    public static int CountedDays(IReadOnlyList<DayRange> pauses, DateOnly after, DateOnly through)
    {
        var days = Math.Max(0, through.DayNumber - after.DayNumber);
        foreach (var pause in pauses)
            days -= pause.DaysBetween(after, through);
        return days;
    }

    /// <summary>The day on which a number of days have counted since another.</summary>
    /// <param name="pauses">In order of days, none on the same day as another.</param>
    /// <param name="after">The day before the first that may count.</param>
    /// <param name="count">How many days count: 1 or more.</param>
    public static DateOnly DayOf(IReadOnlyList<DayRange> pauses, DateOnly after, int count)
    {
        var on = after.AddDays(count);
        foreach (var pause in pauses)
            if (pause.From <= on)
                on = on.AddDays(pause.DaysBetween(after, pause.Through));
        return on;
    }

    private static int CountedDays(Loan loan, DateOnly after, DateOnly through) =>
        CountedDays(loan.ArrearsPauses, after, through);

    private static (DateOnly Since, long Amount)? FindOverdue(Loan loan, Installment row)
    {
        if (row.IsPaid)
            return null;
        if (row.Returned.Total > row.Paid.Total && ChargedBackOn(loan, row, loan.AsOf) is { } returnedOn)
            return (returnedOn, row.DueOn < loan.AsOf ? row.Outstanding.Total : row.Returned.Total - row.Paid.Total);
        if (row.DueOn >= loan.AsOf)
            return null;
        return IsTolerated(loan.Terms, row.Outstanding.Total, row.Due.Total)
            ? null
            : (row.DueOn, row.Outstanding.Total);
    }

    /// <summary>Whether an installment owes so little that it is not overdue. Minor units.</summary>
    internal static bool IsTolerated(LoanTerms terms, long owed, long asked) =>
        owed == 0 || terms.ArrearsTolerance?.Allows(owed, asked) is true;

    // The first chargeback in the period of the installment; the last one of a plan also takes what came later.
    private static DateOnly? ChargedBackOn(Loan loan, Installment row, DateOnly before)
    {
        foreach (var one in loan.Transactions)
            if (
                one is { Kind: LoanEventKind.Chargeback, IsReversed: false, Components.IsZero: false }
                && one.On >= row.FromOn
                && one.On < row.DueOn
                && one.On < before
            )
                return one.On;
        return null;
    }

    // The due date of the oldest installment that owes something, or the chargeback that made it owe again.
    private static DateOnly? FirstUnpaidOn(Loan loan)
    {
        DateOnly? first = null;
        if (loan.Status is not (LoanStatus.Active or LoanStatus.InArrears))
            return null;
        foreach (var row in loan.Installments)
        {
            if (IsTolerated(loan.Terms, row.Outstanding.Total, row.Due.Total))
                continue;
            var on =
                row.Returned.Total > row.Paid.Total
                    ? ChargedBackOn(loan, row, loan.AsOf.AddDays(1)) ?? row.DueOn
                    : row.DueOn;
            first = first < on ? first : on;
        }

        return first;
    }

    private static BucketAmount[] InBuckets(Loan loan, long[] byAge)
    {
        var buckets = new List<BucketAmount>();
        for (var bucket = 1; bucket < byAge.Length; bucket++)
            if (byAge[bucket] > 0)
                buckets.Add(new BucketAmount(bucket, loan.Money(byAge[bucket])));
        return [.. buckets];
    }
}

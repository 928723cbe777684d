using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Loans;

/// <summary>
/// When customers are reminded of an installment: on days that are counted from its due date. Days of a pause of the
/// arrears do not count, and no reminder falls into one. The end of a day decides the reminders of the day after it, so
/// that they are read on their own day.
/// </summary>
public static class Reminders
{
    /// <summary>An overdue reminder that could not be sent for longer than this is left out.</summary>
    public const int LateDaysMax = 14;

    /// <summary>
    /// The first day after a day whose end of day may have a reminder to write; null if there is none. It may find that
    /// nothing is left to say.
    /// </summary>
    /// <param name="loan">The loan.</param>
    /// <param name="days">Days after the due date; before it: negative.</param>
    /// <param name="after">The day.</param>
    public static DateOnly? NextOn(Loan loan, IReadOnlyList<int> days, DateOnly after)
    {
        DateOnly? next = null;
        if (days.Count == 0 || !CanBeReminded(loan))
            return null;
        var first = days.Min();
        foreach (var installment in loan.Installments)
        {
            if (installment.IsPaid)
                continue;
            if (next <= installment.DueOn.AddDays(first - 1))
                break;
            foreach (var step in days)
                if (DayOf(loan, installment.DueOn, step).AddDays(-1) is var on && on > after && !(next < on))
                    next = on;
        }

        return next;
    }

    /// <summary>
    /// The reminders that make sense on a day: for each due date with something to pay, the last one whose day has
    /// come. Before the due date that is the one before it; on it, the one of that day; later, the one of the most days
    /// overdue, unless its day has passed for more than <see cref="LateDaysMax"/> days.
    /// </summary>
    /// <param name="loan">The loan.</param>
    /// <param name="reported">Repayments that await verification: they cover what is due first.</param>
    /// <param name="days">Days after the due date; before it: negative.</param>
    /// <param name="on">The day on which they are read.</param>
    public static IReadOnlyList<Reminder> Of(Loan loan, Money reported, IReadOnlyList<int> days, DateOnly on)
    {
        var due = new List<Reminder>();
        if (days.Count == 0 || !CanBeReminded(loan) || IsPaused(loan, on))
            return due;
        var covered = reported.MinorUnits;
        foreach (var sameDay in loan.Installments.Where(row => IsAskedFor(loan, row, on)).GroupBy(row => row.DueOn))
        {
            var owed = sameDay.Sum(row => row.Outstanding.Total);
            var left = owed - Math.Min(covered, owed);
            covered -= owed - left;
            if (left > 0 && FindStep(loan, sameDay.Key, days, on) is { } step)
                due.Add(new Reminder(sameDay.First().Number, sameDay.Key, step, loan.Money(left)));
        }

        return due;
    }

    private static int? FindStep(Loan loan, DateOnly dueOn, IReadOnlyList<int> days, DateOnly on)
    {
        int? last = null;
        foreach (var step in days)
            if (DayOf(loan, dueOn, step) <= on && !(step < last))
                last = step;
        return last switch
        {
            < 0 => on < dueOn ? last : null,
            0 => on == dueOn ? last : null,
            { } late => on <= DayOf(loan, dueOn, late).AddDays(LateDaysMax) ? late : null,
            null => null,
        };
    }

    // What is tolerated is not overdue.
    private static bool IsAskedFor(Loan loan, Installment row, DateOnly on) =>
        !row.IsPaid && (row.DueOn >= on || !Arrears.IsTolerated(loan.Terms, row.Outstanding.Total, row.Due.Total));

    private static DateOnly DayOf(Loan loan, DateOnly dueOn, int step) =>
        step <= 0 ? dueOn.AddDays(step) : Arrears.DayOf(loan.ArrearsPauses, dueOn, step);

    private static bool CanBeReminded(Loan loan) => loan.Status is LoanStatus.Active or LoanStatus.InArrears;

    private static bool IsPaused(Loan loan, DateOnly on) =>
        loan.ArrearsPauses.Any(pause => pause.From <= on && on <= pause.Through);
}

/// <summary>A customer is to be reminded of an installment.</summary>
/// <param name="Number">The number of the installment.</param>
/// <param name="DueOn">Its due date.</param>
/// <param name="Days">Which reminder: days after the due date; before it: negative.</param>
/// <param name="Amount">What is due on this date, without what is reported.</param>
public readonly record struct Reminder(int Number, DateOnly DueOn, int Days, Money Amount);

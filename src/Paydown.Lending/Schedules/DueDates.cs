using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// Due dates are counted from the start (the disbursement, or the first due date that was agreed), never from the due
/// date before: 31 January → 28 February → 31 March.
/// </summary>
public static class DueDates
{
    /// <summary>The due date of an installment.</summary>
    /// <param name="terms">The repayment interval, the first due date, the month-end rule.</param>
    /// <param name="startOn">The day of disbursement.</param>
    /// <param name="number">1 for the first installment after a down payment.</param>
    public static DateOnly Of(LoanTerms terms, DateOnly startOn, int number) =>
        terms.FixedLength is { } length && number == terms.NumberOfInstallments
            ? After(startOn, length.Count, length.Unit, terms.MonthEnd)
        : terms.FirstDueOn is { } first ? After(first, terms, number - 1)
        : terms.DueDatesFromSubmission ? After(terms.SubmittedOn, terms, Passed(terms, startOn) + number)
        : After(startOn, terms, number);

    /// <summary>The day on which the first period begins: the disbursement, or the due date before it.</summary>
    internal static DateOnly FirstFrom(LoanTerms terms, DateOnly startOn) =>
        terms is { DueDatesFromSubmission: true, FirstDueOn: null } && terms.SubmittedOn < startOn
            ? After(terms.SubmittedOn, terms, Passed(terms, startOn))
            : startOn;

    // Due dates that had passed when the loan was disbursed.
    private static int Passed(LoanTerms terms, DateOnly startOn)
    {
        var passed = 0;
        while (After(terms.SubmittedOn, terms, passed + 1) <= startOn)
            passed++;
        return passed;
    }

    /// <summary>
    /// The repayment intervals between two days. Whole ones are counted back from the later day, or forward from
    /// the earlier if none is left over; the other days are a fraction of the interval in which they lie.
    /// </summary>
    internal static decimal IntervalsBetween(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        var (whole, wholeFrom) = (0, dueOn);
        while (After(dueOn, terms, -whole - 1) is var before && before >= fromOn)
            (whole, wholeFrom) = (whole + 1, before);
        if (wholeFrom == fromOn || After(fromOn, terms, whole) == dueOn)
            return whole;
        if (After(fromOn, terms, whole + 1) == dueOn)
            return whole + 1;
        var interval = wholeFrom.DayNumber - After(dueOn, terms, -whole - 1).DayNumber;
        return whole + (decimal)(wholeFrom.DayNumber - fromOn.DayNumber) / interval;
    }

    /// <summary>A day some repayment intervals after another.</summary>
    internal static DateOnly After(DateOnly baseOn, LoanTerms terms, int intervals) =>
        After(baseOn, terms.RepayEvery * intervals, terms.RepayUnit, terms.MonthEnd);

    private static DateOnly After(DateOnly baseOn, int count, PeriodUnit unit, MonthEnd monthEnd) =>
        unit switch
        {
            PeriodUnit.Days => baseOn.AddDays(count),
            PeriodUnit.Weeks => baseOn.AddDays(7 * count),
            PeriodUnit.Months => AddMonths(baseOn, count, monthEnd),
            _ => AddMonths(baseOn, 12 * count, monthEnd),
        };

    private static DateOnly AddMonths(DateOnly baseOn, int months, MonthEnd monthEnd)
    {
        var clamped = baseOn.AddMonths(months);
        return monthEnd == MonthEnd.RollToFirst && clamped.Day < baseOn.Day ? clamped.AddDays(1) : clamped;
    }
}

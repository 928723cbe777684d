using Paydown.Lending.Loans;

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
        terms.FirstDueOn is { } first
            ? After(first, terms, number - 1)
            : After(startOn, terms, number);

    /// <summary>The day that lies one repayment interval before a due date, as far as the calendar allows.</summary>
    internal static DateOnly Before(LoanTerms terms, DateOnly dueOn) => After(dueOn, terms, -1);

    /// <summary>The day that lies one repayment interval after a day, by the month-end rule.</summary>
    internal static DateOnly Next(LoanTerms terms, DateOnly on) => After(on, terms, 1);

    private static DateOnly After(DateOnly baseOn, LoanTerms terms, int intervals)
    {
        var count = terms.RepayEvery * intervals;
        return terms.RepayUnit switch
        {
            PeriodUnit.Days => baseOn.AddDays(count),
            PeriodUnit.Weeks => baseOn.AddDays(7 * count),
            PeriodUnit.Months => AddMonths(baseOn, count, terms.MonthEnd),
            _ => AddMonths(baseOn, 12 * count, terms.MonthEnd),
        };
    }

    private static DateOnly AddMonths(DateOnly baseOn, int months, MonthEnd monthEnd)
    {
        var clamped = baseOn.AddMonths(months);
        return monthEnd == MonthEnd.RollToFirst && clamped.Day < baseOn.Day ? clamped.AddDays(1) : clamped;
    }
}

using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>The days on which recalculated interest takes payments into account.</summary>
internal static class RestDates
{
    /// <summary>The first rest date on or after a day.</summary>
    public static DateOnly OnOrAfter(LoanTerms terms, DateOnly startOn, DateOnly on)
    {
        if (terms.Recalculation is not { } recalculation || on <= startOn)
            return on;
        return recalculation.RestFrequency switch
        {
            RestFrequency.SameAsRepayment => FirstDueFrom(terms, startOn, on),
            RestFrequency.Weekly => FirstInSteps(startOn, on, 7 * recalculation.RestInterval),
            RestFrequency.Monthly => FirstMonthlyFrom(startOn, on, recalculation.RestInterval),
            _ => FirstInSteps(startOn, on, recalculation.RestInterval),
        };
    }

    private static DateOnly FirstDueFrom(LoanTerms terms, DateOnly startOn, DateOnly on)
    {
        for (var number = 1; ; number++)
            if (DueDates.Of(terms, startOn, number) is var dueOn && dueOn >= on)
                return dueOn;
    }

    private static DateOnly FirstInSteps(DateOnly startOn, DateOnly on, int days)
    {
        var steps = (on.DayNumber - startOn.DayNumber + days - 1) / days;
        return startOn.AddDays(steps * days);
    }

    private static DateOnly FirstMonthlyFrom(DateOnly startOn, DateOnly on, int months)
    {
        for (var step = 1; ; step++)
            if (startOn.AddMonths(step * months) is var restOn && restOn >= on)
                return restOn;
    }
}

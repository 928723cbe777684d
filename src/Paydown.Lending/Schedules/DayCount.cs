using Paydown.Lending.Loans;

namespace Paydown.Lending.Schedules;

/// <summary>
/// What part of a year's interest a period bears. Progressive schedules follow the day-count convention (30/360,
/// actual/actual split at New Year, actual/364, …); cumulative ones take the rate per repayment period, or count days
/// over a fixed year.
/// </summary>
public static class DayCount
{
    /// <summary>The rate factor of a period: interest = balance × factor. 12 significant digits.</summary>
    public static decimal Factor(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        if (terms.AnnualRatePercent == 0m) return 0m;
        return terms.ScheduleType == ScheduleType.Progressive
            ? ProgressiveFactor(terms, fromOn, dueOn)
            : CumulativeFactor(terms, fromOn, dueOn);
    }

    /// <summary>The rate factor of every period of a schedule.</summary>
    internal static void FillFactors(LoanTerms terms, ReadOnlySpan<InstallmentState> rows, Span<decimal> factors)
    {
        if (terms.ScheduleType == ScheduleType.Cumulative
            && terms.InterestPeriod == InterestPeriod.SameAsRepaymentPeriod
            && !terms.PartialPeriodInterest)
        {
            factors.Fill(PeriodRate(terms));
            return;
        }

        for (var i = 0; i < rows.Length; i++) factors[i] = Factor(terms, rows[i].FromOn, rows[i].DueOn);
    }

    /// <summary>The rate of a whole repayment period: the annual rate over the periods of a year.</summary>
    public static decimal PeriodRate(LoanTerms terms) =>
        Significant.Round(terms.AnnualRatePercent / 100m * terms.RepayEvery / PeriodsPerYear(terms.RepayUnit));

    /// <summary>
    /// The rate of a repayment period of nominal length (30 days a month) over the days of the year: what the
    /// installment of a cumulative loan with recalculated daily interest is computed with.
    /// </summary>
    internal static decimal NominalRate(LoanTerms terms) =>
        terms.InterestPeriod == InterestPeriod.Daily
            ? terms.AnnualRatePercent / 100m * NominalDays(terms.RepayUnit) * terms.RepayEvery / DaysOfYear(terms)
            : PeriodRate(terms);

    /// <summary>The factor of some days of a cumulative loan: days over the days of the year.</summary>
    internal static decimal DailyFactor(LoanTerms terms, DateOnly fromOn, DateOnly dueOn) =>
        Significant.Round(terms.AnnualRatePercent / 100m * (dueOn.DayNumber - fromOn.DayNumber) / DaysOfYear(terms));

    /// <summary>The length of the whole term in years, for flat interest.</summary>
    public static decimal TermYears(LoanTerms terms, int periods, DateOnly startOn, DateOnly endOn) =>
        terms.InterestPeriod == InterestPeriod.Daily
            ? (decimal)Days(terms, startOn, endOn) / DaysOfYear(terms)
            : (decimal)periods * terms.RepayEvery / PeriodsPerYear(terms.RepayUnit);

    /// <summary>The days of a period: as the calendar has them, or 30 a month.</summary>
    private static int Days(LoanTerms terms, DateOnly fromOn, DateOnly dueOn) =>
        terms.DaysInMonth == DaysInMonth.Days30 && terms.RepayUnit is PeriodUnit.Months or PeriodUnit.Years
            ? Days30(fromOn, dueOn)
            : dueOn.DayNumber - fromOn.DayNumber;

    private static int Days30(DateOnly fromOn, DateOnly dueOn)
    {
        var months = (dueOn.Year - fromOn.Year) * 12 + dueOn.Month - fromOn.Month;
        var anchor = fromOn.AddMonths(months);
        if (anchor > dueOn) anchor = fromOn.AddMonths(--months);
        var rest = dueOn.DayNumber - anchor.DayNumber;
        return months * 30 + Math.Min(rest, 29);
    }

    private static decimal CumulativeFactor(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        if (terms.InterestPeriod == InterestPeriod.Daily)
            return Significant.Round(terms.AnnualRatePercent / 100m * Days(terms, fromOn, dueOn) / DaysOfYear(terms));
        var rate = PeriodRate(terms);
        return terms.PartialPeriodInterest ? Significant.Round(rate * Share(terms, fromOn, dueOn)) : rate;
    }

    private static decimal ProgressiveFactor(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        var rate = terms.AnnualRatePercent / 100m;
        if (terms.DaysInYear == DaysInYear.Actual) return ActualFactor(rate, fromOn, dueOn);
        var days = terms.DaysInMonth == DaysInMonth.Days30 ? Whole30Days(terms) : 0;
        return days == 0
            ? Significant.Round(rate * (dueOn.DayNumber - fromOn.DayNumber) / DaysOfYear(terms))
            : Significant.Round(Significant.Round(rate * days / DaysOfYear(terms)) * Share(terms, fromOn, dueOn));
    }

    // Months of 30 days: the calendar length of the period does not matter.
    private static int Whole30Days(LoanTerms terms) => terms.RepayUnit switch
    {
        PeriodUnit.Months => 30 * terms.RepayEvery,
        PeriodUnit.Years => 360 * terms.RepayEvery,
        _ => 0,
    };

    // Actual/actual: days that end in a leap year count 1/366, the others 1/365; the year changes after 31 December,
    // so 12 December 2023 → 12 January 2024 is 19/365 + 12/366.
    private static decimal ActualFactor(decimal rate, DateOnly fromOn, DateOnly dueOn)
    {
        var factor = 0m;
        while (fromOn < dueOn)
        {
            var year = fromOn.AddDays(1).Year;
            var yearEnd = new DateOnly(year, 12, 31);
            var until = yearEnd < dueOn ? yearEnd : dueOn;
            factor += rate * (until.DayNumber - fromOn.DayNumber) / (DateTime.IsLeapYear(year) ? 366 : 365);
            fromOn = until;
        }

        return Significant.Round(factor);
    }

    // A first period that was agreed longer or shorter than the others bears interest for its days.
    private static decimal Share(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        if (terms.FirstDueOn != dueOn) return 1m;
        var regularFrom = DueDates.Before(terms, dueOn);
        return (decimal)(dueOn.DayNumber - fromOn.DayNumber) / (dueOn.DayNumber - regularFrom.DayNumber);
    }

    private static int DaysOfYear(LoanTerms terms) => terms.DaysInYear switch
    {
        DaysInYear.Days360 => 360,
        DaysInYear.Days364 => 364,
        _ => 365,
    };

    private static int NominalDays(PeriodUnit unit) => unit switch
    {
        PeriodUnit.Days => 1,
        PeriodUnit.Weeks => 7,
        PeriodUnit.Months => 30,
        _ => 365,
    };

    private static int PeriodsPerYear(PeriodUnit unit) => unit switch
    {
        PeriodUnit.Days => 365,
        PeriodUnit.Weeks => 52,
        PeriodUnit.Months => 12,
        _ => 1,
    };
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>
/// The part of a year's interest that a period bears. Progressive schedules follow the day-count convention (30/360,
/// actual/actual split at New Year, actual/364, …); cumulative ones take the rate per repayment period, or count days
/// over a fixed year.
/// </summary>
public static class DayCount
{
    /// <summary>
    /// The rate factor of a period: interest = balance × factor. 12 significant digits, and in progressive schedules at
    /// most 12 decimals.
    /// </summary>
    public static decimal Factor(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        if (terms.AnnualRatePercent == 0m)
            return 0m;
        return terms.ScheduleType == ScheduleType.Progressive
            ? Math.Round(ProgressiveFactor(terms, fromOn, dueOn), 12, MidpointRounding.ToEven)
            : CumulativeFactor(terms, fromOn, dueOn);
    }

    /// <summary>The rate factor of every period of a schedule.</summary>
    internal static void FillFactors(LoanTerms terms, ReadOnlySpan<InstallmentState> rows, Span<decimal> factors)
    {
        if (
            terms.ScheduleType == ScheduleType.Cumulative
            && terms.InterestPeriod == InterestPeriod.SameAsRepaymentPeriod
            && !terms.PartialPeriodInterest
        )
        {
            factors.Fill(PeriodRate(terms));
            return;
        }

        for (var i = 0; i < rows.Length; i++)
            factors[i] = Factor(terms, rows[i].FromOn, rows[i].DueOn);
    }

    /// <summary>
    /// The rate of a whole repayment period. A month is a twelfth of a year, a week the 52nd part and a day the 365th;
    /// if the year has an agreed number of days, days and weeks count by it.
    /// </summary>
    public static decimal PeriodRate(LoanTerms terms)
    {
        var (part, whole) = PartOfYear(terms);
        return Significant.Round(terms.AnnualRatePercent / 100m * part / whole);
    }

    /// <summary>
    /// The rate of a repayment period of nominal length (30 days a month) over the days of the year: what the
    /// installment of a cumulative loan with recalculated daily interest is computed with.
    /// </summary>
    internal static decimal NominalRate(LoanTerms terms) =>
        terms.InterestPeriod == InterestPeriod.Daily
            ? terms.AnnualRatePercent / 100m * NominalDays(terms) / DaysOfYear(terms)
            : PeriodRate(terms);

    /// <summary>
    /// The factor of some days of a period of a cumulative loan. With months of 30 days it is their share of the whole
    /// period, so the parts of a period add up to the whole.
    /// </summary>
    internal static decimal DailyFactor(
        LoanTerms terms,
        in (DateOnly FromOn, DateOnly DueOn) period,
        DateOnly fromOn,
        DateOnly untilOn
    )
    {
        var days = period.DueOn.DayNumber - period.FromOn.DayNumber;
        return days == 0 || Whole30Days(terms) == 0
            ? Significant.Round(
                terms.AnnualRatePercent / 100m * (untilOn.DayNumber - fromOn.DayNumber) / DaysOfYear(terms)
            )
            : Significant.Round(
                DaysFactor(terms, period.FromOn, period.DueOn) * (untilOn.DayNumber - fromOn.DayNumber) / days
            );
    }

    /// <summary>The length of the term of some rows in years, for flat interest.</summary>
    /// <param name="terms">How the days are counted.</param>
    /// <param name="startOn">The day from which the amount is lent, in the first of the periods.</param>
    /// <param name="rows">The periods, one after the other.</param>
    internal static decimal TermYears(LoanTerms terms, DateOnly startOn, ReadOnlySpan<InstallmentState> rows)
    {
        if (terms.InterestPeriod == InterestPeriod.Daily && Whole30Days(terms) == 0)
            return (decimal)(rows[^1].DueOn.DayNumber - startOn.DayNumber) / DaysOfYear(terms);
        var (part, whole) =
            terms.InterestPeriod == InterestPeriod.Daily ? (Whole30Days(terms), DaysOfYear(terms)) : PartOfYear(terms);
        var periods = FirstPart(terms, startOn, rows[0]);
        for (var i = 1; i < rows.Length; i++)
            periods += CountsDays(terms) ? Share(terms, rows[i].FromOn, rows[i].DueOn) : 1m;
        return periods * part / whole;
    }

    /// <summary>
    /// The first period as a part of a regular one, for flat interest: by its days, unless all periods count alike.
    /// </summary>
    internal static decimal FirstPart(LoanTerms terms, DateOnly startOn, in InstallmentState row)
    {
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        if (!CountsDays(terms) || days == 0)
            return 1m;
        return Share(terms, row.FromOn, row.DueOn) * (row.DueOn.DayNumber - startOn.DayNumber) / days;
    }

    private static bool CountsDays(LoanTerms terms) =>
        terms.ScheduleType == ScheduleType.Progressive
        || terms.PartialPeriodInterest
        || terms.InterestPeriod == InterestPeriod.Daily;

    /// <summary>
    /// The length of a period in regular periods: 1, unless it was agreed to be longer or shorter.
    /// </summary>
    internal static decimal Share(LoanTerms terms, DateOnly fromOn, DateOnly dueOn) =>
        terms.FirstDueOn == dueOn || terms.FixedLength is not null
            ? DueDates.IntervalsBetween(terms, fromOn, dueOn)
            : 1m;

    private static decimal CumulativeFactor(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        if (terms.InterestPeriod == InterestPeriod.Daily)
            return DaysFactor(terms, fromOn, dueOn);
        var rate = PeriodRate(terms);
        return terms.PartialPeriodInterest ? Significant.Round(rate * Share(terms, fromOn, dueOn)) : rate;
    }

    private static decimal ProgressiveFactor(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        var rate = terms.AnnualRatePercent / 100m;
        if (terms.DaysInYear == DaysInYear.Actual)
            return terms.LeapDays == LeapDays.OfLeapYears
                ? ActualFactor(rate, fromOn, dueOn, terms.InterestFromFirstDay)
                : Significant.Round(
                    rate
                        * (dueOn.DayNumber - fromOn.DayNumber)
                        / (HasLeapDay(fromOn, dueOn, terms.InterestFromFirstDay) ? 366 : 365)
                );
        return DaysFactor(terms, fromOn, dueOn);
    }

    // Days over the days of the year: those of the calendar, or months of 30 days.
    private static decimal DaysFactor(LoanTerms terms, DateOnly fromOn, DateOnly dueOn)
    {
        var rate = terms.AnnualRatePercent / 100m;
        var days = Whole30Days(terms);
        return days == 0
            ? Significant.Round(rate * (dueOn.DayNumber - fromOn.DayNumber) / DaysOfYear(terms))
            : Significant.Round(Significant.Round(rate * days / DaysOfYear(terms)) * Share(terms, fromOn, dueOn));
    }

    // Months of 30 days: a whole period has 30 days per month, whatever the calendar says and however its end was
    // clamped or rolled. 0: the days of the calendar.
    private static int Whole30Days(LoanTerms terms) =>
        (terms.DaysInMonth, terms.RepayUnit) switch
        {
            (DaysInMonth.Days30, PeriodUnit.Months) => 30 * terms.RepayEvery,
            (DaysInMonth.Days30, PeriodUnit.Years) => 360 * terms.RepayEvery,
            _ => 0,
        };

    // Actual/actual: days that end in a leap year count 1/366, the others 1/365; the year changes after 31 December,
    // so 12 December 2023 → 12 January 2024 is 19/365 + 12/366. If the first day bears interest, the year of its start
    // counts: 20/365 + 11/366.
    private static decimal ActualFactor(decimal rate, DateOnly fromOn, DateOnly dueOn, bool countsFirst)
    {
        var factor = 0m;
        while (fromOn < dueOn)
        {
            var year = countsFirst ? fromOn.Year : fromOn.AddDays(1).Year;
            var yearEnd = countsFirst ? new DateOnly(year + 1, 1, 1) : new DateOnly(year, 12, 31);
            var until = yearEnd < dueOn ? yearEnd : dueOn;
            factor += rate * (until.DayNumber - fromOn.DayNumber) / (DateTime.IsLeapYear(year) ? 366 : 365);
            fromOn = until;
        }

        return Significant.Round(factor);
    }

    // Unless it was agreed that its first day bears interest, that is only its start.
    private static bool HasLeapDay(DateOnly fromOn, DateOnly dueOn, bool countsFirst)
    {
        for (var year = fromOn.Year; year <= dueOn.Year; year++)
        {
            if (!DateTime.IsLeapYear(year))
                continue;
            var leapDay = new DateOnly(year, 2, 29);
            if (countsFirst ? leapDay >= fromOn && leapDay < dueOn : leapDay > fromOn && leapDay <= dueOn)
                return true;
        }

        return false;
    }

    private static int DaysOfYear(LoanTerms terms) =>
        terms.DaysInYear switch
        {
            DaysInYear.Days360 => 360,
            DaysInYear.Days364 => 364,
            _ => 365,
        };

    private static int NominalDays(LoanTerms terms) =>
        terms.RepayUnit switch
        {
            PeriodUnit.Days => terms.RepayEvery,
            PeriodUnit.Weeks => 7 * terms.RepayEvery,
            PeriodUnit.Months => 30 * terms.RepayEvery,
            _ => (terms.DaysInMonth == DaysInMonth.Days30 ? 360 : 365) * terms.RepayEvery,
        };

    // A repayment period as a part of a year.
    private static (int Part, int Whole) PartOfYear(LoanTerms terms) =>
        terms.RepayUnit switch
        {
            PeriodUnit.Days => (terms.RepayEvery, DaysOfYear(terms)),
            PeriodUnit.Weeks when terms.DaysInYear != DaysInYear.Actual => (7 * terms.RepayEvery, DaysOfYear(terms)),
            PeriodUnit.Weeks => (terms.RepayEvery, 52),
            PeriodUnit.Months => (terms.RepayEvery, 12),
            _ => (terms.RepayEvery, 1),
        };
}

using System.Runtime.InteropServices;
using Paydown.Lending.Amounts;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Applications;

/// <summary>A time in unit periods: whole ones, and a fraction of one.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UnitPeriods(int Whole, decimal Fraction);

/// <summary>
/// The interval in which the annual percentage rate counts time, by Regulation Z, appendix J, part (b)(4) and (5):
/// days, weeks, months or multiples of them, at most a year. Odd days count over the days of the period, where a month
/// has 30; in years they are whole months over 12, or days over 365.
/// </summary>
/// <param name="Unit">Of the interval.</param>
/// <param name="Every">How many of them it has.</param>
public readonly record struct UnitPeriod(PeriodUnit Unit, int Every)
{
    private const int DaysOfMonth = 30;
    private const int DaysOfYear = 365;

    /// <summary>How many there are in a year.</summary>
    public decimal PerYear =>
        Unit switch
        {
            PeriodUnit.Days => (decimal)DaysOfYear / Every,
            PeriodUnit.Weeks => 52m / Every,
            PeriodUnit.Months => 12m / Every,
            _ => 1m,
        };

    /// <summary>
    /// The unit period of a loan. Payments that are an interval apart count in it, any multiple of seven days in weeks;
    /// a single payment counts in its whole term.
    /// </summary>
    /// <param name="unit">Of the interval between the payments.</param>
    /// <param name="every">How many of them it has.</param>
    /// <param name="advancedOn">The day on which the customer gets the money.</param>
    /// <param name="paymentsOn">When it is paid back; what is paid on the day of the advance sets no interval.</param>
    public static UnitPeriod Of(PeriodUnit unit, int every, DateOnly advancedOn, IEnumerable<DateOnly> paymentsOn)
    {
        var days = paymentsOn.Where(on => on > advancedOn).Distinct().Take(2).ToArray();
        return days.Length == 1
            ? OfTerm(unit, advancedOn, days[0])
            : unit switch
            {
                PeriodUnit.Days when every % 7 == 0 => AtMostAYear(PeriodUnit.Weeks, every / 7, 52),
                PeriodUnit.Days => AtMostAYear(unit, every, DaysOfYear),
                PeriodUnit.Weeks => AtMostAYear(unit, every, 52),
                PeriodUnit.Months => AtMostAYear(unit, every, 11),
                _ => new(PeriodUnit.Years, 1),
            };
    }

    /// <summary>
    /// The time between two days. Months and years are counted back from the later day, and the days that are left come
    /// first; but whole months from the earlier day are whole: from 31 January to 28 February is one.
    /// </summary>
    public UnitPeriods Between(DateOnly fromOn, DateOnly toOn)
    {
        var days = toOn.DayNumber - fromOn.DayNumber;
        return Unit switch
        {
            PeriodUnit.Days => Of(days, Every),
            PeriodUnit.Weeks => Of(days, 7 * Every),
            PeriodUnit.Months => InMonths(fromOn, toOn),
            _ => InYears(fromOn, toOn),
        };
    }

    private static UnitPeriod AtMostAYear(PeriodUnit unit, int every, int most) =>
        every <= most ? new(unit, every) : new(PeriodUnit.Years, 1);

    // A term of whole months is one period of months, any other is one of days.
    private static UnitPeriod OfTerm(PeriodUnit unit, DateOnly advancedOn, DateOnly paidOn)
    {
        var (months, oddDays) = MonthsBetween(advancedOn, paidOn);
        var days = paidOn.DayNumber - advancedOn.DayNumber;
        return months >= 12 || days > DaysOfYear ? new(PeriodUnit.Years, 1)
            : unit is PeriodUnit.Months or PeriodUnit.Years && oddDays == 0 ? new(PeriodUnit.Months, months)
            : new(PeriodUnit.Days, days);
    }

    private UnitPeriods InMonths(DateOnly fromOn, DateOnly toOn)
    {
        var (months, days) = MonthsBetween(fromOn, toOn);
        return new(months / Every, (months % Every * DaysOfMonth + days) / (decimal)(DaysOfMonth * Every));
    }

    private static UnitPeriods InYears(DateOnly fromOn, DateOnly toOn)
    {
        var (months, days) = MonthsBetween(fromOn, toOn);
        var years = months / 12;
        if (days == 0)
            return new(years, months % 12 / 12m);
        return new(years, (toOn.AddMonths(-12 * years).DayNumber - fromOn.DayNumber) / (decimal)DaysOfYear);
    }

    private static (int Months, int Days) MonthsBetween(DateOnly fromOn, DateOnly toOn)
    {
        var months = (toOn.Year - fromOn.Year) * 12 + toOn.Month - fromOn.Month;
        if (fromOn.AddMonths(months) == toOn)
            return (months, 0);
        if (toOn.AddMonths(-months) < fromOn)
            months--;
        return (months, toOn.AddMonths(-months).DayNumber - fromOn.DayNumber);
    }

    private static UnitPeriods Of(int days, int daysOfPeriod) =>
        new(days / daysOfPeriod, days % daysOfPeriod / (decimal)daysOfPeriod);
}

/// <summary>A payment of the borrower, some time after the advance.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimedPayment(UnitPeriods After, Money Amount);

/// <summary>
/// The annual percentage rate by the actuarial method of Regulation Z (12 CFR 1026, appendix J): the yearly nominal
/// rate at which what is advanced is worth as much as all that is paid back, each at its time. It counts what the
/// borrower really gets, so a fee that is kept back raises it. Not the effective rate of the European directive, which
/// compounds the year.
/// </summary>
/// <remarks>
/// With i the rate of a unit period, t whole unit periods and the fraction f, the advance equals the sum of P / ((1 +
/// f·i)·(1 + i)^t); the annual rate is i times the unit periods of a year. The sum falls and is convex in i, so
/// Newton's method started at 0 comes up to the root and never passes it. All in decimal arithmetic.
/// </remarks>
public static class AnnualPercentageRate
{
    /// <summary>The cap of the shown rate, in percent.</summary>
    public const decimal PercentMax = 999_999.99m;

    private const int StepsMax = 1_000;
    private const decimal StepMin = 0.000_000_000_000_1m;

    /// <summary>The rate in percent, rounded to two digits.</summary>
    /// <param name="advanced">What the borrower gets: more than 0.</param>
    /// <param name="periodsPerYear">Unit periods of a year.</param>
    /// <param name="payments">All repayments. If they do not exceed the advance, the rate is 0.</param>
    public static decimal Of(Money advanced, decimal periodsPerYear, IReadOnlyList<TimedPayment> payments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(advanced.MinorUnits, nameof(advanced));
        if (Sum(payments, advanced.Currency) <= advanced)
            return 0m;
        if (Sum(payments.Where(payment => payment.After == default), advanced.Currency) >= advanced)
            return PercentMax;
        var rate = 0m;
        for (var step = 0; step < StepsMax; step++)
        {
            var (worth, slope) = WorthAt(rate, payments);
            var further = (worth - advanced.MinorUnits) / slope;
            rate += further;
            if (rate * periodsPerYear * 100m > PercentMax)
                return PercentMax;
            if (further < StepMin)
                break;
        }

        return decimal.Round(rate * periodsPerYear * 100m, 2, MidpointRounding.AwayFromZero);
    }

    private static Money Sum(IEnumerable<TimedPayment> payments, Currency currency) =>
        Money.Sum(payments.Select(payment => payment.Amount), currency);

    // What the payments are worth, in minor units, on the day of the advance, and how fast that falls.
    private static (decimal Worth, decimal Slope) WorthAt(decimal rate, IReadOnlyList<TimedPayment> payments)
    {
        var (worth, slope, discount) = (0m, 0m, 1m / (1m + rate));
        foreach (var ((whole, fraction), amount) in payments)
        {
            var ofFraction = 1m / (1m + fraction * rate);
            var discounted = amount.MinorUnits * ofFraction * Power(discount, whole);
            worth += discounted;
            slope += discounted * (fraction * ofFraction + whole * discount);
        }

        return (worth, slope);
    }

    private static decimal Power(decimal value, int exponent)
    {
        var result = 1m;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) == 1)
                result *= value;
            value *= value;
        }

        return result;
    }
}

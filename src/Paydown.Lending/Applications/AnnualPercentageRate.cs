using System.Runtime.InteropServices;
using Paydown.Lending.Loans;

namespace Paydown.Lending.Applications;

/// <summary>A time in unit periods: whole ones, and a fraction of one.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UnitPeriods(int Whole, decimal Fraction);

/// <summary>
/// The interval that the payments of a loan are apart, in which the annual percentage rate counts time. A month has 30
/// days where days are left over.
/// </summary>
/// <param name="Unit">Of the interval.</param>
/// <param name="Every">How many of them it has.</param>
public readonly record struct UnitPeriod(PeriodUnit Unit, int Every)
{
    private const int DaysOfMonth = 30;

    /// <summary>How many there are in a year; one of more than a year counts as a year.</summary>
    public decimal PerYear => Unit switch
    {
        PeriodUnit.Days => 365m / Every,
        PeriodUnit.Weeks => 52m / Every,
        PeriodUnit.Months => 12m / Months,
        _ => 1m,
    };

    private int Months => Unit == PeriodUnit.Months ? Math.Min(Every, 12) : 12;

    /// <summary>
    /// The time between two days. Months are counted back from the later day, and the days that are left come first;
    /// but whole months from the earlier day are whole: from 31 January to 28 February is one.
    /// </summary>
    public UnitPeriods Between(DateOnly fromOn, DateOnly toOn)
    {
        var days = toOn.DayNumber - fromOn.DayNumber;
        return Unit switch
        {
            PeriodUnit.Days => Of(days, Every),
            PeriodUnit.Weeks => Of(days, 7 * Every),
            _ => InMonths(fromOn, toOn),
        };
    }

    private UnitPeriods InMonths(DateOnly fromOn, DateOnly toOn)
    {
        var months = (toOn.Year - fromOn.Year) * 12 + toOn.Month - fromOn.Month;
        if (fromOn.AddMonths(months) == toOn) return InPeriods(months, 0);
        if (toOn.AddMonths(-months) < fromOn) months--;
        return InPeriods(months, toOn.AddMonths(-months).DayNumber - fromOn.DayNumber);
    }

    private UnitPeriods InPeriods(int months, int days) =>
        new(months / Months, (months % Months * DaysOfMonth + days) / (decimal)(DaysOfMonth * Months));

    private static UnitPeriods Of(int days, int daysOfPeriod) =>
        new(days / daysOfPeriod, days % daysOfPeriod / (decimal)daysOfPeriod);
}

/// <summary>A payment of the borrower, some time after the advance.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimedPayment(UnitPeriods After, long AmountMinor);

/// <summary>
/// The annual percentage rate by the actuarial method of Regulation Z (12 CFR 1026, appendix J): the yearly nominal
/// rate at which what is advanced is worth as much as all that is paid back, each at its time. It counts what the
/// borrower really gets, so a fee that is kept back raises it. Not the effective rate of the European directive, which
/// compounds the year.
/// </summary>
/// <remarks>
/// With i the rate of a unit period, t whole unit periods and the fraction f, the advance equals the sum of
/// P / ((1 + f·i)·(1 + i)^t); the annual rate is i times the unit periods of a year. The sum falls and is convex in i,
/// so Newton's method started at 0 comes up to the root and never passes it. All in decimal arithmetic.
/// </remarks>
public static class AnnualPercentageRate
{
    /// <summary>What is shown where the rate is higher than this, in percent.</summary>
    public const decimal PercentMax = 999_999.99m;

    private const int StepsMax = 1_000;
    private const decimal StepMin = 0.000_000_000_000_1m;

    /// <summary>The rate in percent, rounded to two digits.</summary>
    /// <param name="advancedMinor">What the borrower gets, in minor units: more than 0.</param>
    /// <param name="periodsPerYear">Unit periods of a year.</param>
    /// <param name="payments">All that is paid back. Where it is no more than what is advanced, the rate is 0.</param>
    public static decimal Of(long advancedMinor, decimal periodsPerYear, IReadOnlyList<TimedPayment> payments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(advancedMinor);
        if (payments.Sum(payment => payment.AmountMinor) <= advancedMinor) return 0m;
        if (payments.Sum(payment => payment.After == default ? payment.AmountMinor : 0) >= advancedMinor)
            return PercentMax;
        var rate = 0m;
        for (var step = 0; step < StepsMax; step++)
        {
            var (worth, slope) = WorthAt(rate, payments);
            var further = (worth - advancedMinor) / slope;
            rate += further;
            if (rate * periodsPerYear * 100m > PercentMax) return PercentMax;
            if (further < StepMin) break;
        }

        return decimal.Round(rate * periodsPerYear * 100m, 2, MidpointRounding.AwayFromZero);
    }

    // What the payments are worth on the day of the advance, and how fast that falls.
    private static (decimal Worth, decimal Slope) WorthAt(decimal rate, IReadOnlyList<TimedPayment> payments)
    {
        var (worth, slope, discount) = (0m, 0m, 1m / (1m + rate));
        foreach (var ((whole, fraction), amount) in payments)
        {
            var ofFraction = 1m / (1m + fraction * rate);
            var discounted = amount * ofFraction * Power(discount, whole);
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
            if ((exponent & 1) == 1) result *= value;
            value *= value;
        }

        return result;
    }
}

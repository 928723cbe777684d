namespace Paydown.Lending.Applications;

/// <summary>
/// A time between the day of the advance and a payment, in whole months, weeks and days, as the directive counts it: a
/// year has 12 equal months, 52 weeks or 365 days.
/// </summary>
public readonly record struct LoanInterval(int Months, int Weeks, int Days)
{
    /// <summary>Between two days, counted in months and the days that are left.</summary>
    public static LoanInterval InMonths(DateOnly fromOn, DateOnly toOn)
    {
        var months = (toOn.Year - fromOn.Year) * 12 + toOn.Month - fromOn.Month;
        if (fromOn.AddMonths(months) > toOn) months--;
        return new(months, 0, toOn.DayNumber - fromOn.AddMonths(months).DayNumber);
    }

    /// <summary>Between two days, counted in weeks and the days that are left.</summary>
    public static LoanInterval InWeeks(DateOnly fromOn, DateOnly toOn) =>
        new(0, (toOn.DayNumber - fromOn.DayNumber) / 7, (toOn.DayNumber - fromOn.DayNumber) % 7);

    /// <summary>Between two days, counted in days.</summary>
    public static LoanInterval InDays(DateOnly fromOn, DateOnly toOn) =>
        new(0, 0, toOn.DayNumber - fromOn.DayNumber);

    /// <summary>In years.</summary>
    public decimal Years => Months / 12m + Weeks / 52m + Days / 365m;
}

/// <summary>A payment of the borrower, some time after the advance.</summary>
public readonly record struct TimedPayment(LoanInterval After, long AmountMinor);

/// <summary>
/// The annual percentage rate of charge by the actuarial method: the rate at which what is advanced is worth as much as
/// all that is paid back, each at its time (directive 2008/48/EC, Annex I, part I, as amended by 2011/90/EU). It counts
/// what the borrower really gets, so a fee that is kept back raises it.
/// </summary>
/// <remarks>
/// With X the annual rate and t in years, the advance equals the sum of D·(1+X)^−t. Solved for s = ln(1+X), since then
/// each term is D·e^(−s·t): the sum falls and is convex in s, so Newton's method started at 0 comes up to the root and
/// never passes it. All in decimal arithmetic.
/// </remarks>
public static class AnnualPercentageRate
{
    /// <summary>What is shown where the rate is higher than this, in percent.</summary>
    public const decimal PercentMax = 999_999.99m;

    // e^9.21 = 10,000: PercentMax percent and more.
    private const decimal LogarithmMax = 9.2103m;
    private const int StepsMax = 1_000;
    private const decimal StepMin = 0.000_000_000_001m;

    /// <summary>The rate in percent, rounded to two digits.</summary>
    /// <param name="advancedMinor">What the borrower gets, in minor units: more than 0.</param>
    /// <param name="payments">All that is paid back: at least what is advanced; else the rate is 0.</param>
    public static decimal Of(long advancedMinor, IReadOnlyList<TimedPayment> payments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(advancedMinor);
        if (payments.Sum(payment => payment.AmountMinor) <= advancedMinor) return 0m;
        if (payments.Sum(payment => payment.After.Years == 0m ? payment.AmountMinor : 0) >= advancedMinor)
            return PercentMax;
        var logarithm = 0m;
        for (var step = 0; step < StepsMax; step++)
        {
            var (worth, slope) = WorthAt(logarithm, payments);
            var further = (worth - advancedMinor) / slope;
            logarithm += further;
            if (logarithm > LogarithmMax) return PercentMax;
            if (further < StepMin) break;
        }

        return decimal.Round((Exponential(logarithm) - 1m) * 100m, 2, MidpointRounding.AwayFromZero);
    }

    // What the payments are worth on the day of the advance, and how fast that falls.
    private static (decimal Worth, decimal Slope) WorthAt(decimal logarithm, IReadOnlyList<TimedPayment> payments)
    {
        var (month, week, day) = (
            Exponential(-logarithm / 12m), Exponential(-logarithm / 52m), Exponential(-logarithm / 365m));
        var (worth, slope) = (0m, 0m);
        foreach (var (after, amount) in payments)
        {
            var discounted = amount * Power(month, after.Months) * Power(week, after.Weeks) * Power(day, after.Days);
            worth += discounted;
            slope += discounted * after.Years;
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

    // The series of e^x where it is short, for x brought below 1/64 by halving, and squared back.
    private static decimal Exponential(decimal x)
    {
        var halvings = 0;
        for (; Math.Abs(x) > 1m / 64m; halvings++) x /= 2m;
        var (sum, term) = (1m, 1m);
        for (var i = 1; i < 30 && term != 0m; i++)
        {
            term = term * x / i;
            sum += term;
        }

        for (; halvings > 0; halvings--) sum *= sum;
        return sum;
    }
}

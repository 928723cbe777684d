using Paydown.Lending.Applications;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Applications;

/// <summary>The cases of 5,000 and 6,000 are those of Regulation Z, appendix J, part (c).</summary>
public sealed class AnnualPercentageRateTests
{
    [Fact]
    public void Of_5000_advanced_and_24_monthly_payments_of_230_it_is_9_69() =>
        AnnualPercentageRate.Of(Kobo(5_000_00), 12, Monthly(24, 230_00)).ShouldBe(9.69m);

    [Fact]
    public void Of_6000_advanced_and_36_payments_of_200_the_first_after_1_month_and_19_days_it_is_11_82()
    {
        var month = new UnitPeriod(PeriodUnit.Months, 1);
        var advancedOn = new DateOnly(1978, 2, 10);
        var firstOn = new DateOnly(1978, 4, 1);
        var payments = Enumerable
            .Range(0, 36)
            .Select(i => new TimedPayment(month.Between(advancedOn, firstOn.AddMonths(i)), Kobo(200_00)))
            .ToList();
        payments[0].After.ShouldBe(new UnitPeriods(1, 19m / 30m));
        AnnualPercentageRate.Of(Kobo(6_000_00), month.PerYear, payments).ShouldBe(11.82m);
    }

    [Theory]
    [InlineData(12, 1, "0", 10_100, "12.00")]
    [InlineData(12, 12, "0", 11_200, "11.39")]
    [InlineData(12, 0, "0.5", 10_050, "12.00")]
    [InlineData(1, 1, "0", 11_200, "12.00")]
    [InlineData(52, 1, "0", 10_100, "52.00")]
    [InlineData(12, 600, "0", 10_001, "0.00")]
    public void The_rate_of_a_single_payment_can_be_computed_by_hand(
        int perYear,
        int whole,
        string fraction,
        long amount,
        string percent
    ) =>
        AnnualPercentageRate
            .Of(Kobo(10_000), perYear, [new(new(whole, decimal.Parse(fraction)), Kobo(amount))])
            .ShouldBe(decimal.Parse(percent));

    [Fact]
    public void Repaying_only_the_advance_is_a_rate_of_0_and_an_extreme_rate_is_capped()
    {
        AnnualPercentageRate.Of(Kobo(10_000), 12, Monthly(10, 1_000)).ShouldBe(0m);
        AnnualPercentageRate
            .Of(Kobo(10_000), 365, [new(new(1, 0), Kobo(1_000_000))])
            .ShouldBe(AnnualPercentageRate.PercentMax);
        AnnualPercentageRate
            .Of(Kobo(10_000), 12, [new(default, Kobo(10_000)), new(new(1, 0), Kobo(1))])
            .ShouldBe(AnnualPercentageRate.PercentMax);
    }

    [Fact]
    public void Larger_payments_or_a_smaller_advance_never_lower_the_rate()
    {
        var last = 0m;
        for (var amount = 430_00L; amount < 600_00; amount += 7_13)
        {
            var rate = AnnualPercentageRate.Of(Kobo(5_000_00), 12, Monthly(12, amount));
            rate.ShouldBeGreaterThan(last);
            AnnualPercentageRate.Of(Kobo(4_900_00), 12, Monthly(12, amount)).ShouldBeGreaterThan(rate);
            last = rate;
        }
    }

    [Theory]
    [InlineData(PeriodUnit.Months, 1, "2026-01-31", "2026-02-28", 1, "0")]
    [InlineData(PeriodUnit.Months, 1, "2026-01-31", "2026-03-31", 2, "0")]
    [InlineData(PeriodUnit.Months, 1, "2026-01-12", "2026-03-18", 2, "0.2")]
    [InlineData(PeriodUnit.Months, 3, "2026-01-01", "2026-06-01", 1, "0.6666666666666666666666666667")]
    [InlineData(PeriodUnit.Years, 1, "2024-02-29", "2025-02-28", 1, "0")]
    [InlineData(PeriodUnit.Weeks, 2, "2026-01-01", "2026-01-22", 1, "0.5")]
    [InlineData(PeriodUnit.Days, 30, "2026-01-01", "2026-03-02", 2, "0")]
    [InlineData(PeriodUnit.Months, 1, "2026-03-01", "2026-03-01", 0, "0")]
    public void Time_is_counted_in_unit_periods_and_a_fraction(
        PeriodUnit unit,
        int every,
        string from,
        string to,
        int whole,
        string fraction
    ) =>
        new UnitPeriod(unit, every)
            .Between(DateOnly.Parse(from), DateOnly.Parse(to))
            .ShouldBe(new UnitPeriods(whole, decimal.Parse(fraction)));

    [Theory]
    [InlineData(PeriodUnit.Years, 1, "2026-10-26", "2026-11-30", 0, "35/365")]
    [InlineData(PeriodUnit.Years, 1, "2026-10-26", "2028-11-30", 2, "35/365")]
    [InlineData(PeriodUnit.Years, 1, "2026-10-30", "2027-12-30", 1, "2/12")]
    [InlineData(PeriodUnit.Years, 1, "2026-01-31", "2026-02-28", 0, "1/12")]
    [InlineData(PeriodUnit.Years, 1, "2026-01-10", "2026-09-25", 0, "258/365")]
    [InlineData(PeriodUnit.Months, 2, "2026-01-10", "2026-03-15", 1, "5/60")]
    [InlineData(PeriodUnit.Months, 6, "2026-01-10", "2026-11-15", 1, "125/180")]
    [InlineData(PeriodUnit.Weeks, 1, "2026-01-01", "2026-01-18", 2, "3/7")]
    [InlineData(PeriodUnit.Weeks, 4, "2026-01-01", "2026-02-01", 1, "3/28")]
    [InlineData(PeriodUnit.Days, 1, "2026-01-01", "2026-01-18", 17, "0/1")]
    [InlineData(PeriodUnit.Days, 10, "2026-01-01", "2026-01-18", 1, "7/10")]
    public void Odd_days_are_a_fraction_as_in_appendix_J_b_5(
        PeriodUnit unit,
        int every,
        string from,
        string to,
        int whole,
        string fraction
    )
    {
        var parts = fraction.Split('/');
        new UnitPeriod(unit, every)
            .Between(DateOnly.Parse(from), DateOnly.Parse(to))
            .ShouldBe(new UnitPeriods(whole, decimal.Parse(parts[0]) / decimal.Parse(parts[1])));
    }

    [Theory]
    [InlineData(PeriodUnit.Days, 14, PeriodUnit.Weeks, 2)]
    [InlineData(PeriodUnit.Days, 30, PeriodUnit.Days, 30)]
    [InlineData(PeriodUnit.Days, 366, PeriodUnit.Years, 1)]
    [InlineData(PeriodUnit.Weeks, 53, PeriodUnit.Years, 1)]
    [InlineData(PeriodUnit.Months, 11, PeriodUnit.Months, 11)]
    [InlineData(PeriodUnit.Months, 12, PeriodUnit.Years, 1)]
    [InlineData(PeriodUnit.Months, 18, PeriodUnit.Years, 1)]
    [InlineData(PeriodUnit.Years, 2, PeriodUnit.Years, 1)]
    public void The_unit_period_is_the_interval_and_at_most_a_year(
        PeriodUnit unit,
        int every,
        PeriodUnit shown,
        int shownEvery
    )
    {
        var on = new DateOnly(2026, 1, 1);
        UnitPeriod
            .Of(unit, every, on, [on, on.AddDays(400), on.AddDays(800)])
            .ShouldBe(new UnitPeriod(shown, shownEvery));
    }

    [Theory]
    [InlineData(PeriodUnit.Weeks, "2026-01-08", PeriodUnit.Days, 7, "52.142857142857142857142857143")]
    [InlineData(PeriodUnit.Months, "2026-02-01", PeriodUnit.Months, 1, "12")]
    [InlineData(PeriodUnit.Months, "2026-02-11", PeriodUnit.Days, 41, "8.9024390243902439024390243902")]
    [InlineData(PeriodUnit.Days, "2026-01-31", PeriodUnit.Days, 30, "12.166666666666666666666666667")]
    [InlineData(PeriodUnit.Months, "2027-02-11", PeriodUnit.Years, 1, "1")]
    public void A_single_payment_uses_its_whole_term_as_the_unit_period(
        PeriodUnit unit,
        string paidOn,
        PeriodUnit shown,
        int every,
        string perYear
    )
    {
        var on = new DateOnly(2026, 1, 1);
        var period = UnitPeriod.Of(unit, 1, on, [on, DateOnly.Parse(paidOn)]);
        period.ShouldBe(new UnitPeriod(shown, every));
        period.PerYear.ShouldBe(decimal.Parse(perYear), 1e-20m);
    }

    [Theory]
    [InlineData(PeriodUnit.Days, 5, 73)]
    [InlineData(PeriodUnit.Weeks, 4, 13)]
    [InlineData(PeriodUnit.Months, 3, 4)]
    [InlineData(PeriodUnit.Years, 1, 1)]
    public void A_year_has_so_many_unit_periods(PeriodUnit unit, int every, int perYear) =>
        new UnitPeriod(unit, every).PerYear.ShouldBe(perYear);

    private static List<TimedPayment> Monthly(int count, long amount) =>
        [.. Enumerable.Range(1, count).Select(i => new TimedPayment(new UnitPeriods(i, 0), Kobo(amount)))];
}

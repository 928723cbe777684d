using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Schedules;

public sealed class DayCountTests
{
    private static readonly LoanTerms Progressive = Agreed.Recalculated() with
    {
        AnnualRatePercent = 100m,
        Recalculation = null,
    };

    [Fact]
    public void Actual_days_are_split_at_New_Year() =>
        Factor(
                Progressive with
                {
                    DaysInYear = DaysInYear.Actual,
                    DaysInMonth = DaysInMonth.Actual,
                },
                "2023-12-12",
                "2024-01-12"
            )
            .ShouldBe(Math.Round(19m / 365 + 12m / 366, 13), 1e-12m);

    [Fact]
    public void A_30_day_month_is_a_twelfth_of_the_year_whatever_its_length() =>
        Factor(Progressive, "2024-02-01", "2024-03-01").ShouldBe(0.0833333333333m, 1e-12m);

    [Fact]
    public void A_week_is_7_days_of_a_364_day_year() =>
        Factor(
                Progressive with
                {
                    DaysInYear = DaysInYear.Days364,
                    DaysInMonth = DaysInMonth.Actual,
                    RepayUnit = PeriodUnit.Weeks,
                },
                "2024-01-01",
                "2024-01-08"
            )
            .ShouldBe(7m / 364, 1e-12m);

    [Fact]
    public void A_cumulative_loan_divides_days_by_365_even_in_a_leap_year() =>
        Factor(
                Progressive with
                {
                    ScheduleType = ScheduleType.Cumulative,
                    DaysInYear = DaysInYear.Actual,
                    DaysInMonth = DaysInMonth.Actual,
                },
                "2024-02-01",
                "2024-03-01"
            )
            .ShouldBe(29m / 365, 1e-12m);

    [Fact]
    public void A_rate_per_repayment_period_is_the_same_share_of_the_year_each_time() =>
        Factor(
                Progressive with
                {
                    ScheduleType = ScheduleType.Cumulative,
                    InterestPeriod = InterestPeriod.SameAsRepaymentPeriod,
                    RepayEvery = 3,
                },
                "2024-01-01",
                "2024-04-01"
            )
            .ShouldBe(0.25m);

    private static decimal Factor(LoanTerms terms, string from, string due) =>
        DayCount.Factor(terms, History.Day(from), History.Day(due));
}

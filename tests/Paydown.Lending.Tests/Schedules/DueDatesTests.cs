using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Schedules;

public sealed class DueDatesTests
{
    [Theory]
    [InlineData("2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30")]
    [InlineData("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30")]
    public void A_short_month_falls_due_on_its_last_day_and_the_next_on_the_original_day(
        string start,
        params string[] due
    ) => DueOf(Agreed.Flat(), start).ShouldBe(due);

    [Fact]
    public void A_short_month_can_roll_to_the_first_of_the_next() =>
        DueOf(Agreed.Flat() with { MonthEnd = MonthEnd.RollToFirst }, "2025-01-31")
            .ShouldBe(["2025-03-01", "2025-03-31", "2025-05-01"]);

    [Fact]
    public void A_due_date_returns_to_29_February_in_the_next_leap_year() =>
        DueDates
            .Of(Agreed.Flat() with { RepayUnit = PeriodUnit.Years }, History.Day("2024-02-29"), 4)
            .ShouldBe(History.Day("2028-02-29"));

    [Fact]
    public void Later_due_dates_count_from_the_agreed_first_one() =>
        DueOf(Agreed.Flat() with { FirstDueOn = History.Day("2025-03-31") }, "2025-01-10")
            .ShouldBe(["2025-03-31", "2025-04-30", "2025-05-31"]);

    [Fact]
    public void Weeks_and_days_need_no_adjustment()
    {
        DueOf(Agreed.Flat() with { RepayUnit = PeriodUnit.Weeks, RepayEvery = 2 }, "2025-01-31")
            .ShouldBe(["2025-02-14", "2025-02-28", "2025-03-14"]);
        DueOf(Agreed.Flat() with { RepayUnit = PeriodUnit.Days, RepayEvery = 15 }, "2025-01-31")
            .ShouldBe(["2025-02-15", "2025-03-02", "2025-03-17"]);
    }

    private static string[] DueOf(LoanTerms terms, string start) =>
        [
            .. Enumerable
                .Range(1, 3)
                .Select(number => DueDates.Of(terms, History.Day(start), number).ToString("yyyy-MM-dd")),
        ];
}

using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Schedules;

public sealed class RestDatesTests
{
    [Theory]
    [InlineData(RestFrequency.Daily, 1, "2024-01-02", "2024-01-02")]
    [InlineData(RestFrequency.Daily, 3, "2024-01-02", "2024-01-04")]
    [InlineData(RestFrequency.Daily, 3, "2024-01-04", "2024-01-04")]
    [InlineData(RestFrequency.Daily, 3, "2024-01-05", "2024-01-07")]
    [InlineData(RestFrequency.Weekly, 1, "2024-01-02", "2024-01-08")]
    [InlineData(RestFrequency.Weekly, 2, "2024-01-08", "2024-01-15")]
    [InlineData(RestFrequency.Weekly, 2, "2024-01-15", "2024-01-15")]
    [InlineData(RestFrequency.Weekly, 2, "2024-01-16", "2024-01-29")]
    [InlineData(RestFrequency.Monthly, 1, "2024-01-15", "2024-02-01")]
    [InlineData(RestFrequency.Monthly, 1, "2024-02-01", "2024-02-01")]
    [InlineData(RestFrequency.Monthly, 2, "2024-02-01", "2024-03-01")]
    [InlineData(RestFrequency.Monthly, 2, "2024-03-02", "2024-05-01")]
    [InlineData(RestFrequency.SameAsRepayment, 1, "2024-01-15", "2024-02-01")]
    [InlineData(RestFrequency.SameAsRepayment, 1, "2024-02-01", "2024-02-01")]
    [InlineData(RestFrequency.SameAsRepayment, 1, "2024-02-02", "2024-03-01")]
    [InlineData(RestFrequency.Monthly, 2, "2024-01-01", "2024-01-01")]
    [InlineData(RestFrequency.Weekly, 2, "2023-12-20", "2023-12-20")]
    public void A_payment_counts_from_the_first_rest_date_on_or_after_it(
        RestFrequency frequency,
        int interval,
        string on,
        string restOn
    )
    {
        var terms = Agreed.Recalculated() with
        {
            Recalculation = new(PreClosure.TillPreClosureDate, Reschedule.AdjustLastUnpaidPeriod, frequency, interval),
        };
        RestDates.OnOrAfter(terms, History.Day("2024-01-01"), History.Day(on)).ShouldBe(History.Day(restOn));
    }

    [Fact]
    public void Without_recalculation_each_day_counts_at_once() =>
        RestDates
            .OnOrAfter(Agreed.Flat(), History.Day("2024-01-01"), History.Day("2024-01-15"))
            .ShouldBe(History.Day("2024-01-15"));
}

using System.Text.Json;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary>
/// Near midnight the time zone decides the date. A time without an offset is in the organisation's zone.
/// </summary>
public sealed class TimeZoneTests(TestServer server) : IClassFixture<TestServer>
{
    private DateOnly Day => server.Today.AddDays(-4);

    [Theory]
    [InlineData("Pacific/Kiritimati", "T00:00", 0)]
    [InlineData("Pacific/Kiritimati", "T11:00", 0)]
    [InlineData("Pacific/Kiritimati", "T23:59:59.999", 0)]
    [InlineData("Pacific/Kiritimati", "T09:59:59Z", 0)]
    [InlineData("Pacific/Kiritimati", "T10:00:00Z", 1)]
    [InlineData("America/Los_Angeles", "T00:30", 0)]
    [InlineData("America/Los_Angeles", "T23:30", 0)]
    [InlineData("America/Los_Angeles", "T06:00:00Z", -1)]
    [InlineData("America/Los_Angeles", "T09:00:00Z", 0)]
    [InlineData("Africa/Lagos", "T00:15", 0)]
    [InlineData("Africa/Lagos", "T23:45", 0)]
    [InlineData("Africa/Lagos", "T22:59:59Z", 0)]
    [InlineData("Africa/Lagos", "T23:00:00Z", 1)]
    public async Task A_payment_date_is_the_day_at_the_organisation(string zone, string time, int days)
    {
        var borrower = await BorrowerInAsync(zone);
        await ReportAsync(borrower, $"{Day:yyyy-MM-dd}{time}");
        var listed = (await borrower.ListAsync()).ShouldSucceed()[0];
        listed.GetProperty("paymentDate").GetString().ShouldBe($"{Day.AddDays(days):yyyy-MM-dd}");
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/Los_Angeles")]
    [InlineData("Africa/Lagos")]
    public async Task Officers_filter_by_days_and_times_of_the_organisation(string zone)
    {
        var lender = await server.AddOrganisationAsync(zone);
        var borrower = await Borrower.CreateAsync(lender);
        await ReportAsync(borrower, $"{Day:yyyy-MM-dd}");
        var recorded = (await borrower.ListAsync()).ShouldSucceed()[0].GetProperty("creationDate").GetDateTimeOffset();
        var local = TimeZoneInfo.ConvertTime(recorded, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var officer = lender.Cashier;

        async Task ShouldListAsync(string query, bool isListed) =>
            (await officer.GetAsync($"admin/repayments/list?{query}"))
                .ShouldSucceed()
                .GetArrayLength()
                .ShouldBe(isListed ? 1 : 0, query);

        await ShouldListAsync($"startDate={local:yyyy-MM-dd}&endDate={local:yyyy-MM-dd}", true);
        await ShouldListAsync($"startDate={local.AddDays(1):yyyy-MM-dd}", false);
        await ShouldListAsync($"endDate={local.AddDays(-1):yyyy-MM-dd}", false);
        await ShouldListAsync($"startDate={local:yyyy-MM-ddTHH:mm}", true);
        await ShouldListAsync($"startDate={local.AddMinutes(1):yyyy-MM-ddTHH:mm}", false);
        await ShouldListAsync($"endDate={local:yyyy-MM-ddTHH:mm:ss.ffffff}", true);
        await ShouldListAsync($"startDate={recorded.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}Z", true);
        await ShouldListAsync($"endDate={recorded.AddMicroseconds(-1).UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffff}Z", false);
        // An unescaped plus sign arrives as a space.
        await ShouldListAsync($"endDate={local.AddHours(1):yyyy-MM-ddTHH:mm:sszzz}", true);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/Los_Angeles")]
    public async Task A_payoff_is_quoted_for_the_day_at_the_organisation(string zone)
    {
        var borrower = await BorrowerInAsync(zone);
        var day = server.Today.AddDays(10);
        foreach (var text in (string[])[$"{day:yyyy-MM-dd}", $"{day:yyyy-MM-dd}T00:10", $"{day:yyyy-MM-dd}T23:50"])
        {
            var quote = await borrower.Customer.GetAsync(
                $"user/payoff-quote/{borrower.Loan.ApplicationId}?date={text}"
            );
            quote.ShouldSucceed().GetProperty("payoffDate").GetString().ShouldBe($"{day:yyyy-MM-dd}");
        }
    }

    private async Task<Borrower> BorrowerInAsync(string zone) =>
        await Borrower.CreateAsync(await server.AddOrganisationAsync(zone));

    private static async Task ReportAsync(Borrower borrower, string paidOn) =>
        (
            await borrower.Customer.PostAsync(
                $"user/repay-loan/{borrower.Customer.UserId}",
                new Dictionary<string, object>
                {
                    ["repaymentAmount"] = 10,
                    ["customerId"] = borrower.Customer.UserId,
                    ["accountId"] = borrower.Loan.Id,
                    ["bankAccountId"] = borrower.BankAccountId,
                    ["repaymentReference"] = borrower.Loan.Reference,
                    ["paymentDate"] = paidOn,
                }
            )
        ).ShouldSucceed();
}

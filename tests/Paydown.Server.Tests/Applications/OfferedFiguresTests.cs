using System.Text.Json.Nodes;
using Paydown.Server.Tests.Products;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Applications;

/// <summary>
/// The figures of an offer, from the product that a manager creates to the schedule that the customer sees.
/// </summary>
public sealed class OfferedFiguresTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_rounding_multiple_is_ignored_if_it_would_leave_empty_installments()
    {
        var rows = await OfferAsync(
            1_800,
            12,
            0,
            product => product["durations"] = new JsonArray(12, 12),
            new() { ["installmentMultipleOf"] = 100 }
        );

        rows.ShouldBe(Enumerable.Repeat((150m, 0m), 12));
    }

    [Theory]
    [InlineData("FLAT", "DAYS", 30, "DAYS360", 240, 1_000, "200")]
    [InlineData("DECLINING_BALANCE", "DAYS", 30, "DAYS360", 240, 1_000, "200")]
    [InlineData("DECLINING_BALANCE", "DAYS", 60, "DAYS360", 6, 100_000, "1000")]
    [InlineData("FLAT", "DAYS", 30, "DAYS364", 240, 1_000, "197.80")]
    [InlineData("FLAT", "WEEKS", 4, "DAYS360", 36, 1_000, "28")]
    [InlineData("DECLINING_BALANCE", "WEEKS", 4, "ACTUAL", 36, 1_000, "27.69")]
    public async Task The_agreed_days_in_year_are_used(
        string method,
        string unit,
        int every,
        string year,
        int rate,
        int amount,
        string interest
    )
    {
        var rows = await OfferAsync(
            amount,
            1,
            rate,
            product =>
            {
                product["durations"] = new JsonArray(1, 1);
                (product["durationUnit"], product["repayEvery"]) = (unit, every);
            },
            new() { ["interestMethod"] = method, ["daysInYear"] = year }
        );

        rows.ShouldBe([(amount, decimal.Parse(interest))]);
    }

    // 1,200.00 at 12 % in four months.
    [Theory]
    [InlineData("CUMULATIVE", "DECLINING_BALANCE", 2, 2, 0, "0/0 0/0 573.01/36 626.99/6.27")]
    [InlineData("CUMULATIVE", "DECLINING_BALANCE", 2, 1, 0, "0/0 0/24 597.01/12 602.99/6.03")]
    [InlineData("CUMULATIVE", "DECLINING_BALANCE", 2, 0, 1, "0/0 0/12 597.01/12 602.99/6.03")]
    [InlineData("CUMULATIVE", "DECLINING_BALANCE", 1, 1, 0, "0/0 384.03/24 399.87/8.16 416.1/4.16")]
    [InlineData("CUMULATIVE", "FLAT", 2, 1, 0, "0/0 0/24 600/12 600/12")]
    [InlineData("CUMULATIVE", "FLAT", 2, 2, 1, "0/0 0/0 600/24 600/12")]
    [InlineData("PROGRESSIVE", "DECLINING_BALANCE", 2, 2, 0, "0/0 0/0 585.13/36 614.87/6.15")]
    [InlineData("PROGRESSIVE", "DECLINING_BALANCE", 1, 1, 1, "0/0 396.03/12 399.99/8.04 403.98/4.04")]
    public async Task Grace_periods_can_be_combined(
        string type,
        string method,
        int principal,
        int interest,
        int free,
        string expected
    )
    {
        var rows = await OfferAsync(
            1_200,
            4,
            12,
            product => product["durations"] = new JsonArray(4, 4),
            new()
            {
                ["scheduleType"] = type,
                ["interestMethod"] = method,
                ["gracePrincipal"] = principal,
                ["graceInterest"] = interest,
                ["interestFreePeriods"] = free,
                ["daysInYear"] = "DAYS360",
                ["daysInMonth"] = "DAYS30",
            }
        );

        string.Join(' ', rows.Select(row => FormattableString.Invariant($"{row.Principal:0.##}/{row.Interest:0.##}")))
            .ShouldBe(expected);
    }

    // The schedule of an offer of a product without fees: principal and interest of each installment.
    private async Task<(decimal Principal, decimal Interest)[]> OfferAsync(
        decimal amount,
        int duration,
        decimal rate,
        Action<JsonObject> change,
        JsonObject schedule
    )
    {
        var applying = await TestApplication.CreateAsync(server);
        var draft = ProductDrafts.Salary($"Figures {server.Ids.Next()}");
        draft.Remove("fees");
        draft.Remove("eligibilityQuestions");
        draft["maximumAmount"] = 200_000;
        (draft["interestRate"], draft["interestRateRange"]) = (
            rate,
            new JsonObject { ["minimum"] = rate, ["maximum"] = rate }
        );
        draft["schedule"] = schedule;
        change(draft);
        if (draft["durations"] is JsonArray durations)
        {
            draft.Remove("durations");
            (draft["minimumDuration"], draft["maximumDuration"]) = (
                durations[0]!.GetValue<int>(),
                durations[1]!.GetValue<int>()
            );
        }

        var made = (await applying.Officer.PostAsync("admin/loan-products", draft)).ShouldSucceed();
        var product = TestProducts.Salary with { Id = new(made.GetProperty("id").GetGuid()) };
        var id = await applying.RequestAsync(
            product,
            ("loanAmount", amount),
            ("loanDuration", duration),
            ("durationCounter", duration),
            ("monthlyIncome", 1_000_000)
        );
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/approve")).ShouldSucceed();
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldSucceed();
        var offer = (await applying.Applicant.GetAsync("user/get-loan-offer"))
            .ShouldSucceed()
            .EnumerateArray()
            .Single();
        var rows = offer
            .GetProperty("schedule")
            .EnumerateArray()
            .Select(row =>
                (row.GetProperty("principalAmount").GetDecimal(), row.GetProperty("interestAmount").GetDecimal())
            )
            .ToArray();
        rows.Sum(row => row.Item1).ShouldBe(amount);
        return rows;
    }
}

using System.Text.Json.Nodes;
using Paydown.Server.Tests.EndOfDay;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Reports;

/// <summary>What is needed and what is set aside, beside the ledger.</summary>
public sealed class ProvisionReportTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task Each_bucket_shows_what_its_rate_asks_for_and_what_the_ledger_has()
    {
        (await lender.ReportAsync("provision")).Rows.ShouldBeEmpty();
        await lender.ChangePolicyAsync(
            new() { ["buckets"] = new JsonArray(10), ["provisionRates"] = new JsonArray(1, 10, 50) }
        );
        // 1,200.00 in twelve installments without interest, of which the first falls due in 20 days.
        var loan = await lender.AddLoanAsync(lender.Customer);
        await server.EndDayAsync(lender);
        await ToMonthEndAsync();
        var report = await lender.ReportAsync("provision");
        report.ShouldTie();
        report.Totals.Money("allowance").ShouldBe(report.Totals.Money("needed"));

        // Mid-month, a loan in another bucket needs more than the ledger has.
        server.Clock.AdvanceDays(60);
        await server.EndDayAsync(lender);
        report = await lender.ReportAsync("provision");
        report.ShouldTie();
        var late = report.Row("bucket", "over 10");
        (late.Money("principal"), late.Money("needed"), late.Text("rate")).ShouldBe((1_200m, 600m, "50"));

        // What is repaid keeps its allowance until the next month end.
        await lender.PayAsync(loan, 1_200_00, server.Today);
        report = await lender.ReportAsync("provision");
        report.ShouldTie();
        report.Row("bucket", "ended").Money("allowance").ShouldBe(report.Totals.Money("allowance"));
        await ToMonthEndAsync();
        (await lender.ReportAsync("provision")).Rows.ShouldBeEmpty();
    }

    private async Task ToMonthEndAsync()
    {
        var next = server.Today.AddDays(1);
        var end = new DateOnly(next.Year, next.Month, DateTime.DaysInMonth(next.Year, next.Month));
        server.Clock.AdvanceDays(end.DayNumber - server.Today.DayNumber);
        await server.EndDayAsync(lender);
    }
}

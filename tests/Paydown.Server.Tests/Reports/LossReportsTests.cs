using System.Text;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Reports;

/// <summary>Write-offs, recoveries and vintages.</summary>
public sealed class LossReportsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private const string Year = "from=2026-01-01";

    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("write-offs")]
    [InlineData("vintage")]
    public async Task An_organisation_without_loans_has_no_rows(string name)
    {
        var other = await server.AddOrganisationAsync();
        await LoseAsync(other, await other.AddLoanAsync(other.Customer));
        var report = await lender.ReportAsync(name);
        report.Rows.ShouldBeEmpty();
        report.ShouldTie();
    }

    [Fact]
    public async Task A_write_off_and_what_is_recovered_tie_to_the_ledger()
    {
        var loan = await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 90, PaidMinor = 200_00 });
        await LoseAsync(lender, loan);
        await lender.PayAsync(loan, 150_00, lender.Today);
        await lender.ReverseAsync(loan, 50_00);

        var report = await lender.ReportAsync($"write-offs?{Year}");
        report.ShouldTie();
        report.Totals.Money("writtenOff").ShouldBe(1_000m);
        report.Totals.Money("principal").ShouldBe(1_000m);
        report.Totals.Money("recovered").ShouldBe(150m);
        var lost = report.Row("kind", "LOAN_WRITTEN_OFF");
        lost.Text("accountId").ShouldBe($"{loan.Id}");
        lost.Text("product").ShouldBe(loan.ProductName);
    }

    [Fact]
    public async Task A_customer_whose_name_looks_like_a_formula_is_text_in_a_file()
    {
        var customer = await lender.AddUserAsync(Role.Customer, "=HYPERLINK(\"https://example.com\")", "@Example");
        await LoseAsync(lender, await lender.TakeOverLoanAsync(customer));
        var csv = Encoding.UTF8.GetString((await lender.ReportFileAsync($"write-offs?{Year}&format=csv")).Bytes);
        csv.ShouldContain(",\"'=HYPERLINK(\"\"https://example.com\"\") @Example\",");
        // An amount below zero stays a number.
        csv.ShouldNotContain("'-");
        var cash = await lender.ReportAsync($"write-offs?{Year}");
        cash.Rows[0].Text("customer").ShouldBe("=HYPERLINK(\"https://example.com\") @Example");
    }

    [Fact]
    public async Task A_vintage_is_the_share_of_a_month_that_is_late()
    {
        // Paid out in February and March; 91 and 40 days late.
        await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 121, PaidMinor = 40_00 });
        await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 70 });
        var lost = await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 70 });
        await LoseAsync(lender, lost);
        await lender.AddLoanAsync(lender.Customer);

        var report = await lender.ReportAsync("vintage");
        report.ShouldTie();
        var day = lender.Today.AddDays(-121);
        var oldest = report.Row("month", $"{day:yyyy-MM}");
        oldest.Money("disbursed").ShouldBe(1_200m);
        oldest.Money("principal").ShouldBe(1_160m);
        oldest.Money("share").ShouldBe(0.9667m);
        var second = report.Row("month", $"{lender.Today.AddDays(-70):yyyy-MM}");
        second.Money("loans").ShouldBe(2);
        second.Money("share").ShouldBe(0.5m);
        second.Money("writtenOff").ShouldBe(1_200m);
        report.Row("month", $"{lender.Today.AddDays(-10):yyyy-MM}").Money("share").ShouldBe(0m);
    }

    private static async Task LoseAsync(TestOrganisation lender, StoredLoan loan) =>
        await lender.AgreeAsync($"admin/loans/{loan.Id}/write-off", new { reason = "Because" });
}

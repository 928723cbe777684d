using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Reports;

/// <summary>The reports over all running loans.</summary>
public sealed class LoanReportsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;

    public async ValueTask InitializeAsync() => lender = await server.AddOrganisationAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("portfolio")]
    [InlineData("ageing")]
    public async Task An_organisation_without_loans_has_no_rows(string name)
    {
        var other = await server.AddOrganisationAsync();
        await other.AddLoanAsync(other.Customer);
        var report = await lender.ReportAsync(name);
        report.Rows.ShouldBeEmpty();
        report.Totals.Money("principal").ShouldBe(0m);
        report.ShouldTie();
        (await lender.ReportFileAsync($"{name}?format=xlsx")).Bytes.Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task A_loan_is_at_risk_once_it_is_later_than_the_limit()
    {
        // Its first installment fell due 30 days after the payout: 30, 31, 91 and 1 days late, and one not yet due.
        foreach (var daysAgo in new[] { 60, 61, 121, 31, 10 })
            await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = daysAgo });

        var report = await lender.ReportAsync("portfolio");
        report.ShouldTie();
        report.Totals.Money("loans").ShouldBe(5);
        report.Totals.Money("principal").ShouldBe(6_000m);
        report.Totals.Money("principalOver1").ShouldBe(3_600m);
        report.Totals.Money("principalOver30").ShouldBe(2_400m);
        report.Totals.Money("principalOver60").ShouldBe(1_200m);
        report.Totals.Money("principalOver90").ShouldBe(1_200m);
        report.Totals.Money("par1").ShouldBe(0.6m);
        report.Totals.Money("par30").ShouldBe(0.4m);
        report.Totals.Money("par90").ShouldBe(0.2m);
        // Installments of 100.00 whose due date has passed: 1, 2, 4, 1 and none.
        report.Totals.Money("arrears").ShouldBe(800m);

        var ageing = await lender.ReportAsync("ageing");
        ageing.ShouldTie();
        ageing
            .Rows.Select(row => row.Text("bucket"))
            .ShouldBe(["current", "1–30", "31–60", "61–90", "91–180", "over 180"]);
        ageing.Rows.Select(row => row.Money("loans")).ShouldBe([1, 2, 1, 0, 1, 0]);
        ageing.Rows.Sum(row => row.Money("arrears")).ShouldBe(800m);
    }

    [Fact]
    public async Task Principal_ties_to_the_ledger_after_backdated_payments_reversals_and_a_write_off()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 106_619, loan.DisbursedOn!.Value.AddMonths(2));
        await lender.PayAsync(loan, 50_000, loan.DisbursedOn.Value.AddDays(15));
        await lender.ReverseAsync(loan, 30_000);
        var lost = await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 200, PaidMinor = 150_00 });
        await lender.AgreeAsync($"admin/loans/{lost.Id}/write-off", new { reason = "Because" });
        await lender.AddLoanAsync(
            lender.Customer,
            new TestLoan
            {
                DaysAgo = 50,
                AnnualRatePercent = 20,
                PaidMinor = 90_00,
            }
        );

        (await lender.ReportAsync("portfolio")).ShouldTie();
        (await lender.ReportAsync("ageing")).ShouldTie();
        foreach (var days in new[] { 0, 1, 20, 49, 50, 99, 150, 199, 200, 201 })
        {
            var day = lender.Today.AddDays(-days);
            var then = await lender.ReportAsync($"portfolio?known=THEN&asOf={day:yyyy-MM-dd}");
            then.ShouldTie();
            then.Data.GetProperty("asOf").GetString().ShouldBe($"{day:yyyy-MM-dd}");
        }
    }

    [Fact]
    public async Task A_past_day_is_shown_as_known_then_and_as_known_now()
    {
        var loan = await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 50 });
        var day = lender.Today.AddDays(-10);
        // Paid on its due date, but recorded only now.
        await lender.PayAsync(loan, 100_00, loan.DisbursedOn!.Value.AddDays(30));

        var then = await lender.ReportAsync($"portfolio?known=THEN&asOf={day:yyyy-MM-dd}");
        then.Totals.Money("principal").ShouldBe(1_200m);
        then.Totals.Money("arrears").ShouldBe(100m);
        var now = await lender.ReportAsync($"portfolio?asOf={day:yyyy-MM-dd}");
        now.Totals.Money("principal").ShouldBe(1_100m);
        now.Totals.Money("arrears").ShouldBe(0m);
        // A payment after the day does not count on it.
        await lender.PayAsync(loan, 100_00, lender.Today);
        (await lender.ReportAsync($"portfolio?asOf={day:yyyy-MM-dd}")).Totals.Money("principal").ShouldBe(1_100m);
        (await lender.ReportAsync("portfolio")).Totals.Money("principal").ShouldBe(1_000m);
    }

    [Fact]
    public async Task A_restructured_loan_is_shown_beside_and_a_product_by_itself()
    {
        var loan = await lender.AddLoanAsync(lender.Customer, new TestLoan { DaysAgo = 50 });
        var terms = new TestLoan().TermsFrom(lender.Today);
        var other = await lender.AddProductAsync(TestProducts.Of(terms) with { Name = "Other" });
        await lender.DisburseAsync(lender.Customer, other, 1_200_00, 12);
        await lender.AgreeAsync($"admin/loans/{loan.Id}/re-amortize", new { reason = "Because" });
        var all = await lender.ReportAsync("portfolio");
        all.ShouldTie();
        all.Totals.Money("restructuredLoans").ShouldBe(1);
        all.Totals.Money("restructuredPrincipal").ShouldBe(1_200m);
        all.Rows.Count.ShouldBe(2);
        var product = Uri.EscapeDataString(loan.ProductName);
        var one = await lender.ReportAsync($"portfolio?product={product}");
        one.Rows.ShouldHaveSingleItem().Money("principal").ShouldBe(1_200m);
        (await lender.ReportAsync("portfolio?product=None")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_product_that_looks_like_a_formula_is_text_in_every_file()
    {
        var terms = new TestLoan().TermsFrom(lender.Today);
        var product = await lender.AddProductAsync(TestProducts.Of(terms) with { Name = "+1 loan, \"fast\"" });
        await lender.DisburseAsync(lender.Customer, product, 1_200_00, 12);
        var csv = System.Text.Encoding.UTF8.GetString((await lender.ReportFileAsync("portfolio?format=csv")).Bytes);
        csv.ShouldContain("\r\n\"'+1 loan, \"\"fast\"\"\",1,1200.00,");
        (await lender.ReportAsync("portfolio")).Rows[0].Text("product").ShouldBe("+1 loan, \"fast\"");
    }

    [Fact]
    public async Task More_loans_than_are_read_at_a_time_are_all_counted()
    {
        const int Count = 501;
        for (var i = 0; i < Count; i++)
            await lender.TakeOverLoanAsync();
        var report = await lender.ReportAsync("portfolio");
        report.ShouldTie();
        report.Totals.Money("loans").ShouldBe(Count);
    }
}

using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class BankEntryTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;
    private TestBank bank = null!;

    public async ValueTask InitializeAsync()
    {
        lender = await server.AddOrganisationAsync();
        bank = new TestBank(lender);
    }

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task An_entry_that_waits_is_shown_beside_the_report_that_it_may_pay()
    {
        var loan = await lender.OpenLoanAsync();
        var reported = await lender.ReportAsync(loan, 100_00, lender.Today.AddDays(-2));
        var id = (await bank.ImportOneAsync(new TestEntry(99, loan.Reference))).GetProperty("id").GetGuid();
        var shown = (await lender.Cashier.GetAsync($"admin/statement-entries/{id}")).ShouldSucceed();
        shown.GetProperty("entry").GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        shown.GetProperty("statement").GetProperty("fileName").GetString().ShouldBe("test.xml");
        shown.GetProperty("ageInDays").GetInt32().ShouldBe(0);
        shown.GetProperty("suggestions")[0].GetProperty("kind").GetString().ShouldBe("NAMES_LOAN");
        var report = shown.GetProperty("reports")[0];
        report.GetProperty("repaymentId").GetGuid().ShouldBe(reported);
        report.GetProperty("customerName").GetString().ShouldBe("Ada Example");
        report.GetProperty("amountDifference").GetDecimal().ShouldBe(-1);
        report.GetProperty("daysLater").GetInt32().ShouldBe(2);
        report.GetProperty("verificationStatus").GetString().ShouldBe("PENDING_VERIFICATION");
    }

    [Fact]
    public async Task A_matched_entry_is_shown_beside_the_repayment_that_it_pays_and_others_do_not_see_it()
    {
        var loan = await lender.OpenLoanAsync();
        var reported = await lender.ReportAsync(loan, 60_00, lender.Today);
        var id = (await bank.ImportOneAsync(new TestEntry(60, loan.Reference))).GetProperty("id").GetGuid();
        var shown = (await lender.Cashier.GetAsync($"admin/statement-entries/{id}")).ShouldSucceed();
        shown.GetProperty("suggestions").GetArrayLength().ShouldBe(0);
        var report = shown.GetProperty("reports")[0];
        report.GetProperty("repaymentId").GetGuid().ShouldBe(reported);
        report.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        (await server.OtherLender.Cashier.GetAsync($"admin/statement-entries/{id}")).ShouldBeRefused(404, "NOT_FOUND");
    }
}

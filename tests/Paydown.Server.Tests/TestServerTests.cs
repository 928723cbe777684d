using Shouldly;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>The clock and the loans of <see cref="TestServer"/>, which other tests rely on.</summary>
public sealed class TestServerTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_loan_can_be_paid_out_in_the_past()
    {
        var today = server.Today;
        var loan = await lender.OpenLoanAsync();
        loan.DisbursedOn.ShouldBe(today.AddDays(-100));
        server.Today.ShouldBe(today);
        var shown = (
            await lender.Customer.GetAsync($"user/loan-details-with-payment-history/{loan.ApplicationId}")
        ).ShouldSucceed();
        shown.GetProperty("accountState").GetString().ShouldBe("IN_ARREARS");
    }

    [Fact]
    public async Task Every_way_to_change_a_loan_passes_the_audit()
    {
        var loan = await lender.AddLoanAsync(lender.Customer, new() { DaysAgo = 40, PaidMinor = 130_00 });
        await lender.ReportAsync(loan, 50_00, server.Today);
        await lender.PayAsync(loan, 2_000_00, server.Today);
        await lender.TakeOverLoanAsync();
        var customer = await lender.AddCustomerAsync();
        await lender.FundWalletAsync(customer, 7_50);
        (await lender.ReadWalletAsync(customer)).ShouldBe(7_50);
        var other = await server.AddOrganisationAsync();
        await other.ChangeAsync(("fourEyesAbove", 100), ("asksTransactionPin", true));
        await other.ChangeAsync(("fourEyesAbove", null), ("asksTransactionPin", false));
        await server.ShouldAuditCleanAsync();
    }
}

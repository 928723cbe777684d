using Shouldly;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>What other tests rely on: the clock and the loans of <see cref="TestServer"/>.</summary>
public sealed class TestServerTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_loan_is_paid_out_on_its_day_in_the_past()
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
    public async Task Every_way_to_add_to_a_loan_leaves_sound_books()
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

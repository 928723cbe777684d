using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary>
/// Officers get the same responses as the customer. A loan without an application is read by its account.
/// </summary>
public sealed class OfficerReadsTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Theory]
    [InlineData("user/repayment-instructions/{0}")]
    [InlineData("user/payoff-quote/{0}")]
    [InlineData("user/loan-details-with-payment-history/{0}")]
    [InlineData("user/loan-charges/{0}")]
    [InlineData("user/pending-repayments/{1}")]
    [InlineData("user/repaid-transactions/{1}")]
    [InlineData("user/profile/{1}")]
    public async Task Officers_see_what_the_customer_sees_and_nobody_else_does(string path)
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 50_000, lender.Today);
        var filled = string.Format(null, path, loan.ApplicationId, loan.CustomerId);
        var shown = await lender.Customer.GetAsync(filled);
        shown.Status.ShouldBe(200, shown.Body);
        foreach (var officer in (TestUser[])[lender.Cashier, lender.Manager])
            (await officer.GetAsync(filled)).Body.ShouldBe(shown.Body);

        var nobody = string.Format(null, path, server.Ids.Next(), server.Ids.Next());
        var stranger = await server.OtherLender.Manager.GetAsync(filled);
        stranger.Status.ShouldBe(404, stranger.Body);
        stranger.Body.ShouldBe((await server.OtherLender.Manager.GetAsync(nobody)).Body);
    }

    [Theory]
    [InlineData("user/repayment-instructions/{0}")]
    [InlineData("user/payoff-quote/{0}")]
    [InlineData("user/loan-details-with-payment-history/{0}")]
    [InlineData("user/loan-charges/{0}")]
    public async Task A_loan_without_an_application_is_read_by_its_account(string path)
    {
        var loan = await lender.TakeOverLoanAsync();
        var filled = string.Format(null, path, loan.Id);
        var shown = await lender.Customer.GetAsync(filled);
        shown.Status.ShouldBe(200, shown.Body);
        (await lender.Cashier.GetAsync(filled)).Body.ShouldBe(shown.Body);
        (await server.OtherLender.Manager.GetAsync(filled)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Instructions_of_a_loan_that_accepts_no_reports_do_not_ask_for_one()
    {
        var loan = await lender.TakeOverLoanAsync();
        var instructions = await lender.Customer.GetAsync($"user/repayment-instructions/{loan.Id}");
        instructions.Body.ShouldNotContain("Report the repayment");
        instructions.Body.ShouldContain("Repayments of this loan cannot be reported");
    }
}

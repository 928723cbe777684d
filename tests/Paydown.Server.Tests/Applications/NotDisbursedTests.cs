using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Applications;

/// <summary>
/// Calls about a loan with an application that has none yet: its owner gets the status, strangers learn nothing.
/// </summary>
public sealed class NotDisbursedTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly string[] LoanReads =
    [
        "user/repayment-instructions/{0}",
        "user/payoff-quote/{0}",
        "user/loan-details-with-payment-history/{0}",
    ];

    [Fact]
    public async Task The_owner_gets_the_status_of_the_application()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.RequestAsync(product);
        await ShouldBeToldAsync(applying, id, "REQUESTED");
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/approve")).ShouldSucceed();
        await ShouldBeToldAsync(applying, id, "APPROVED");
        (await applying.Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldSucceed();
        await ShouldBeToldAsync(applying, id, "OFFER_SENT");
        server.Clock.AdvanceDays(product.OfferValidDays + 1);
        await ShouldBeToldAsync(applying, id, "EXPIRED");
    }

    [Fact]
    public async Task Officers_of_the_lender_get_it_too_and_strangers_do_not()
    {
        var applying = await TestApplication.CreateAsync(server);
        var id = await applying.RequestAsync(await server.Lender.AddProductAsync());
        var path = $"user/loan-details-with-payment-history/{id}";
        (await applying.Officer.GetAsync(path)).ShouldBeRefused(409, "LOAN_NOT_DISBURSED");

        var customer = await server.Lender.AddCustomerAsync();
        var officer = await server.OtherLender.AddUserAsync(Role.Manager);
        var unknown = await customer.GetAsync($"user/loan-details-with-payment-history/{server.Ids.Next()}");
        foreach (var stranger in (TestUser[])[customer, officer])
            (await stranger.GetAsync(path)).ShouldBeRefused(404, "NOT_FOUND").Body.ShouldBe(unknown.Body);
        foreach (var read in LoanReads)
            (await customer.GetAsync(string.Format(read, id))).ShouldBeRefused(404, "NOT_FOUND");
        (await PayOffAsync(customer, id)).ShouldBeRefused(404, "NOT_FOUND");
    }

    private static async Task ShouldBeToldAsync(TestApplication applying, Guid id, string status)
    {
        var answers = new List<Reply> { await PayOffAsync(applying.Applicant, id) };
        foreach (var read in LoanReads)
            answers.Add(await applying.Applicant.GetAsync(string.Format(read, id)));
        foreach (var answer in answers)
        {
            answer
                .ShouldBeRefused(409, "LOAN_NOT_DISBURSED")
                .Json.GetProperty("message")
                .GetString()
                .ShouldBe($"This application is {status}: no loan has been paid out on it.");
        }
    }

    private static Task<Reply> PayOffAsync(TestUser client, Guid id) =>
        client.PostAsync("user/payoff-loan", new { loanApplicationId = id, paymentMethod = "BANK_TRANSFER" });
}

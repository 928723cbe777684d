using OtpNet;
using Paydown.Server.Tests.SignIn;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Customers;

public sealed class ResetCustomerSecondFactorTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_customer_who_lost_the_second_factor_gets_in_again()
    {
        var lender = server.Lender;
        var customer = await lender.AddCustomerAsync();
        var email = await new Mailbox(server).AddressOfAsync(customer.UserId);
        var begun = await customer.PostAsync("user/second-factor", new { password = TestOrganisation.Password });
        var app = new Totp(Base32Encoding.ToBytes(begun.ShouldSucceed().GetProperty("secret").GetString()));
        var code = app.ComputeTotp(server.Clock.GetUtcNow().UtcDateTime);
        (await customer.PutAsync("user/second-factor/confirm", new { code })).ShouldSucceed();
        using var http = new HttpClient { BaseAddress = server.Address };
        (await SignInServer.LoginAsync(http, email, TestOrganisation.Password)).ShouldBeRefused(
            401,
            "SECOND_FACTOR_REQUIRED"
        );

        var path = $"admin/customers/{customer.UserId}/reset-second-factor";
        (await lender.Cashier.PutAsync(path)).ShouldBeRefused(403, "FORBIDDEN");
        (await server.OtherLender.Manager.PutAsync(path)).ShouldBeRefused(404, "NOT_FOUND");
        (await lender.Manager.PutAsync(path)).ShouldSucceed();
        (await SignInServer.LoginAsync(http, email, TestOrganisation.Password)).ShouldSucceed();
    }
}

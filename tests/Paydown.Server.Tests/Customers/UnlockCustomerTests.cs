using Paydown.Server.Tests.SignIn;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Customers;

public sealed class UnlockCustomerTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_manager_unlocks_a_customer_whom_strangers_have_locked_out()
    {
        var lender = server.Lender;
        using var http = new HttpClient { BaseAddress = server.Address };
        var customer = await lender.AddCustomerAsync();
        var email = await new Mailbox(server).AddressOfAsync(customer.UserId);
        Task<Reply> LoginAsync(string password) =>
            SignInServer.SendAsync(
                http,
                HttpMethod.Put,
                "securitymanagement/login",
                new
                {
                    email,
                    currentPassword = password,
                    organisationId = lender.Id.Value,
                }
            );

        for (var i = 0; i < 5; i++)
            (await LoginAsync("Wrong@Pass1")).ShouldBeRefused(401, "INVALID_CREDENTIALS");
        (await LoginAsync(TestOrganisation.Password)).ShouldBeRefused(403, "ACCOUNT_LOCKED");
        var path = $"admin/customers/{customer.UserId}/unlock";
        (await lender.Cashier.PutAsync(path)).ShouldBeRefused(403, "FORBIDDEN");
        (await server.OtherLender.Manager.PutAsync(path)).ShouldBeRefused(404, "NOT_FOUND");
        (await lender.Manager.PutAsync(path)).ShouldSucceed();
        (await LoginAsync(TestOrganisation.Password)).ShouldSucceed();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Customers;

/// <summary>A server without a lender says so, instead of asking for a lender's id.</summary>
public sealed class NoLenderTests(TestCluster cluster)
{
    [Fact]
    public async Task Nobody_can_register_before_there_is_a_lender()
    {
        await using var application = ServerHost.Build(
            new ServerOptions { Urls = ["http://127.0.0.1:0"], ConnectionString = await cluster.CreateDatabaseAsync() }
        );
        await application.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
        using var registered = await client.PostAsJsonAsync(
            "api/v6/services/usermanagement/register-customer",
            RegisterCustomerTests.Form("early@example.com")
        );
        var answer = JsonNode.Parse(await registered.Content.ReadAsStringAsync())!;
        registered.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        answer["code"]!.ToString().ShouldBe("NO_ORGANISATION");
        answer["message"]!.ToString().ShouldStartWith("This server has no lender yet");

        using var signedIn = await client.PutAsJsonAsync(
            "api/v6/services/securitymanagement/login",
            new { email = "early@example.com", currentPassword = "Password@1" }
        );
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}

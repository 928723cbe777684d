using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paydown.Server.Commands;
using Paydown.Server.Payments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

/// <summary>The examples in <c>/docs</c> can be sent unchanged to a server with the demo lender.</summary>
public sealed class ExamplesTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Root = "/api/v1/services/";

    private readonly HttpClient http = new();
    private JsonObject paths = [];
    private Microsoft.AspNetCore.Builder.WebApplication application = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await cluster.CreateBareDatabaseAsync();
        (await CommandLine.RunAsync(["demo", "--database", database], TextWriter.Null, TextWriter.Null)).ShouldBe(0);
        application = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = database,
                Payments = new PaymentOptions { Kind = PaymentKind.Sandbox },
            }
        );
        await application.StartAsync();
        http.BaseAddress = new Uri(application.Urls.Single());
        var document = await WireContract.DocumentAsync();
        paths = document["paths"]!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await application.DisposeAsync();
    }

    [Fact]
    public async Task The_examples_for_a_borrower_and_a_cashier_succeed()
    {
        var borrower = await SignInAsync(null);
        foreach (var (path, operation) in paths.Where(pair => IsReadByBorrower(pair.Key, pair.Value!["get"])))
        {
            var (read, route) = (operation!["get"]!, PathOf(path, operation["get"]!));
            if (WireContract.IsFile(read["responses"]!["200"]))
                await ShouldBeFileAsync(borrower, route);
            else
                (await borrower.GetAsync(route)).ShouldSucceed();
        }

        foreach (
            var path in new[]
            {
                "user/repay-loan/{user-id}",
                "user/create-bank-account",
                "user/payoff-loan",
                "user/transfer-funds-to-bank",
            }
        )
        {
            var post = paths[Root + path]!["post"]!;
            (await borrower.PostAsync(PathOf(Root + path, post), BodyOf(post))).ShouldSucceed();
        }

        const string Pin = Root + "user/transaction-pin";
        var put = paths[Pin]!["put"]!;
        (await borrower.PutAsync(PathOf(Pin, put), BodyOf(put))).ShouldSucceed();

        var cashier = await SignInAsync("cashier@demo.example");
        const string Verify = Root + "admin/repayments/{id}/verify";
        (await cashier.PutAsync(PathOf(Verify, paths[Verify]!["put"]!))).ShouldSucceed();
    }

    [Theory]
    [InlineData("post", "admin/loan-products")]
    [InlineData("put", "admin/loan-products/{productId}")]
    [InlineData("put", "admin/loan-products/{productId}/eligibility-questions")]
    [InlineData("post", "admin/loans/{accountId}/charges")]
    [InlineData("put", "admin/loan-application/{id}/approve")]
    public async Task The_example_for_a_manager_succeeds(string method, string path)
    {
        var manager = await SignInAsync("manager@demo.example");
        var operation = paths[Root + path]![method]!;
        var (route, body) = (PathOf(Root + path, operation), BodyOf(operation));
        (method == "post" ? await manager.PostAsync(route, body) : await manager.PutAsync(route, body)).ShouldSucceed();
    }

    [Fact]
    public async Task The_open_offer_can_be_accepted()
    {
        var borrower = await SignInAsync(null);
        const string Accept = Root + "user/accept-loan-offer/{loanApplicationId}/accept";
        (await borrower.PutAsync(PathOf(Accept, paths[Accept]!["put"]!))).ShouldSucceed();
    }

    private async Task ShouldBeFileAsync(TestUser user, string route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(user.Api, route));
        request.Headers.Add("X-Auth-Token", user.Token);
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "interaction-12345");
        using var answer = await http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(200, route);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    private static bool IsReadByBorrower(string path, JsonNode? operation) =>
        path.StartsWith(Root + "user/", StringComparison.Ordinal)
        && operation?["x-roles"]?.AsArray().Any(role => role!.ToString() == "CUSTOMER") == true;

    private async Task<TestUser> SignInAsync(string? email)
    {
        const string Login = Root + "securitymanagement/login";
        var body = BodyOf(paths[Login]!["put"]!);
        if (email is not null)
            body["email"] = email;
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PutAsync(Login, content);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return TestUser.Holding(answer["data"]!["access_token"]!.GetValue<string>(), http.BaseAddress!);
    }

    private static JsonNode BodyOf(JsonNode operation) =>
        operation["requestBody"]!["content"]!["application/json"]!["example"]!.DeepClone();

    private static string PathOf(string path, JsonNode operation)
    {
        var examples = operation["parameters"]!
            .AsArray()
            .Where(parameter => parameter!["in"]?.GetValue<string>() == "path")
            .ToDictionary(parameter => parameter!["name"]!.GetValue<string>(), parameter => parameter!["example"]!);
        return Regex.Replace(
            path[Root.Length..],
            @"\{(?<name>[^}]+)\}",
            match => $"{examples[match.Groups["name"].Value]}",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
    }
}

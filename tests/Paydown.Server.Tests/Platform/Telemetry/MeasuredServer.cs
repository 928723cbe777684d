using System.Net.Http.Json;
using System.Text.Json;
using Paydown.Server.Commands;
using Paydown.Server.Demo;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Telemetry;

/// <summary>A server process that has measured one of everything. Take it as a class fixture.</summary>
public sealed class MeasuredServer(TestCluster cluster) : IAsyncLifetime
{
    private readonly ScratchFolder folder = new();
    private ServerProcess server = null!;

    /// <summary>The address of the API.</summary>
    public Uri Address => server.Address;

    /// <summary>The address of the metrics.</summary>
    public Uri MetricsAddress { get; private set; } = null!;

    /// <summary>The metrics in Prometheus' text format.</summary>
    public string Metrics { get; private set; } = null!;

    /// <summary>The samples, without comments.</summary>
    public IEnumerable<string> Samples => Metrics.Split('\n').Where(line => line.Length > 0 && line[0] != '#');

    public async ValueTask InitializeAsync()
    {
        var database = await cluster.CreateDatabaseAsync();
        (await CommandLine.RunAsync(["audit", "--database", database], TextWriter.Null, TextWriter.Null)).ShouldBe(0);
        MetricsAddress = new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}");
        server = await ServerProcess.StartReadyAsync(
            folder,
            ServerProcess.FreePort(),
            "--database",
            database,
            "--demo",
            "--metrics-urls",
            MetricsAddress.GetLeftPart(UriPartial.Authority)
        );
        await ActAsync();
        using var http = new HttpClient { BaseAddress = MetricsAddress };
        Metrics = await http.GetStringAsync("/metrics");
    }

    public async ValueTask DisposeAsync()
    {
        server.Dispose();
        await folder.DisposeAsync();
    }

    private async Task ActAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v6/services/") };
        var customer = await SignInAsync(http, "customer@demo.example");
        var cashier = await SignInAsync(http, "cashier@demo.example");
        var reported = await customer.PostAsync(
            $"user/repay-loan/{DemoPeople.Customer.Id}",
            new
            {
                repaymentAmount = 1250.50,
                customerId = DemoPeople.Customer.Id,
                accountId = "01900000-0000-7000-8000-000000000065",
                bankAccountId = "01900000-0000-7000-8000-000000000029",
                repaymentReference = "RF64DEMO000101",
            }
        );
        reported.Status.ShouldBe(200, reported.Body);
        var id = reported.Data.GetProperty("id").GetString();
        (await cashier.PutAsync($"admin/repayments/{id}/verify")).Status.ShouldBe(200);
        using var refused = await LoginAsync(http, "nobody@example.com", "Wrong-Horse-77");
        ((int)refused.StatusCode).ShouldBe(401);
    }

    private async Task<TestUser> SignInAsync(HttpClient http, string email)
    {
        using var response = await LoginAsync(http, email, "Password@1");
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return TestUser.Holding(body.GetProperty("data").GetProperty("access_token").GetString()!, server.Address);
    }

    private static Task<HttpResponseMessage> LoginAsync(HttpClient http, string email, string password) =>
        http.PutAsJsonAsync("securitymanagement/login", new { email, currentPassword = password });
}

using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Server.Databases;
using Paydown.Server.Payments;
using Paydown.Server.SignIn;
using Paydown.Server.Webhooks;
using Xunit;

namespace Paydown.Server.Tests.Databases;

/// <summary>A class fixture: one server for two databases, each with two lenders.</summary>
public sealed class TwoDatabases(TestCluster cluster) : IAsyncLifetime
{
    private static readonly HttpClient Http = new();
    private readonly TestClock clock = new();
    private WebApplication? front;

    /// <summary>The lenders of the first database of the file, who call the common server.</summary>
    public TestServer North { get; private set; } = null!;

    /// <summary>The lenders of the second.</summary>
    public TestServer South { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        await StartAsync(await cluster.CreateDatabaseAsync(), await cluster.CreateDatabaseAsync());

    /// <summary>Starts the server and adds the lenders.</summary>
    public async Task StartAsync(string north, string south)
    {
        front = Front.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = "",
                Time = clock,
                Limits = TestServer.NoLimits,
                SignIn = new SignInOptions
                {
                    LoginsPerAccountAMinute = 10_000,
                    FailuresPerAddressAMinute = 10_000,
                    RegistrationsPerAddressAMinute = 10_000,
                    RegistrationsAMinute = 10_000,
                },
                Webhooks = new WebhookOptions { AllowsLoopback = true },
                Payments = new PaymentOptions { Kind = PaymentKind.Sandbox, Pause = TimeSpan.FromDays(1) },
            },
            [new NamedDatabase("north", north), new NamedDatabase("south", south)]
        );
        await front.StartAsync();
        Address = new Uri(front.Urls.Single());
        North = await TestServer.AttachAsync(Address, north, clock);
        South = await TestServer.AttachAsync(Address, south, clock);
    }

    public async ValueTask DisposeAsync()
    {
        if (North is not null)
            await North.DisposeAsync();
        if (South is not null)
            await South.DisposeAsync();
        if (front is not null)
            await front.DisposeAsync();
    }

    /// <summary>Refuses all connections to the second database until the result is disposed.</summary>
    public async Task<IAsyncDisposable> StopSouthAsync()
    {
        var name = new NpgsqlConnectionStringBuilder(South.ConnectionString).Database!;
        var administrator = NpgsqlDataSource.Create(cluster.AdministratorConnectionString);
        await AllowAsync(administrator, name, isAllowed: false);
        return new Outage(administrator, name);
    }

    /// <summary>Sends a request without a token.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body = null, string? host = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        request.Headers.Host = host;
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await Reply.ReadAsync(await Http.SendAsync(request));
    }

    /// <summary>Lets the server look where the lenders are, which it does by itself every few seconds.</summary>
    public Task LookAsync() => front!.Services.GetRequiredService<Placement>().RefreshAsync(default);

    /// <summary>Signs in.</summary>
    public Task<Reply> LoginAsync(string email, string password = TestOrganisation.Password) =>
        SendAsync(
            HttpMethod.Put,
            "/api/v1/services/securitymanagement/login",
            new { email, currentPassword = password }
        );

    private static async Task AllowAsync(NpgsqlDataSource administrator, string name, bool isAllowed)
    {
        await using var command = administrator.CreateCommand(
            $"""
            alter database {name} with allow_connections {isAllowed};
            select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}' and not {isAllowed}
            """
        );
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Outage(NpgsqlDataSource administrator, string name) : IAsyncDisposable
    {
        private bool isOver;

        public async ValueTask DisposeAsync()
        {
            if (isOver)
                return;
            isOver = true;
            await AllowAsync(administrator, name, isAllowed: true);
            await administrator.DisposeAsync();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A server that reaches its database through a proxy, with a lender and clients. A test can take the database away and
/// give it back.
/// </summary>
internal sealed class FailureStage : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly string connectionString;
    private WebApplication server = null!;

    private FailureStage(string connectionString)
    {
        this.connectionString = connectionString;
        Proxy = new TcpProxy(() => [Upstream]);
    }

    public TcpProxy Proxy { get; }

    public Lender Lender { get; private set; } = null!;

    public ClientWrites Writes { get; private set; } = null!;

    public Clients Clients { get; private set; } = null!;

    /// <summary>The server's connection pool.</summary>
    public NpgsqlDataSource Pool => server.Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>The connections of the server's groups.</summary>
    public GroupConnections GroupConnections => server.Services.GetRequiredService<GroupConnections>();

    /// <summary>The connection string that bypasses the proxy.</summary>
    public string DirectConnectionString => connectionString;

    private UnixDomainSocketEndPoint Upstream =>
        new(Path.Combine(new NpgsqlConnectionStringBuilder(connectionString).Host!, ".s.PGSQL.5432"));

    /// <summary>Starts the server on a new database.</summary>
    /// <param name="cluster">The cluster of the database.</param>
    /// <param name="poolSize">The maximum number of connections of the server.</param>
    public static async Task<FailureStage> StartAsync(TestCluster cluster, int poolSize = 20)
    {
        var stage = new FailureStage(await cluster.CreateDatabaseAsync());
        var direct = new NpgsqlConnectionStringBuilder(stage.connectionString);
        // No other settings, so the server's own limits apply.
        var through = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = stage.Proxy.Port,
            Username = direct.Username,
            Database = direct.Database,
            MaxPoolSize = poolSize,
        };
        stage.server = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = through.ConnectionString,
                Limits = TestServer.NoLimits,
            }
        );
        await stage.server.StartAsync();
        stage.http.BaseAddress = new Uri(stage.server.Urls.Single());
        stage.Lender = await Lender.AddAsync(stage.http.BaseAddress, stage.connectionString, 8);
        stage.Writes = new ClientWrites(stage.Lender, new Random(1));
        stage.Clients = new Clients(stage.Lender, stage.Writes, stage.http.BaseAddress);
        return stage;
    }

    /// <summary>Returns a report of this borrower that is not sent yet.</summary>
    public ClientWrite ReportOf(int borrower) => Writes.Report(Lender.Borrowers[borrower]);

    /// <summary>Sends a write, which must get 503 for a lost database within the limit.</summary>
    public async Task ShouldBeRefusedAsync(ClientWrite write)
    {
        (await Clients.TryAsync(write)).ShouldBeFalse();
        Writes.Unexpected.ShouldBeEmpty();
    }

    /// <summary>Sends one report per borrower at once; all must get 503 within the limit.</summary>
    public Task ShouldAllBeRefusedAsync() =>
        Task.WhenAll(
            Enumerable.Range(0, Lender.Borrowers.Count).Select(borrower => ShouldBeRefusedAsync(ReportOf(borrower)))
        );

    public async Task<HttpStatusCode> HealthAsync(string of)
    {
        using var answer = await http.GetAsync($"/health/{of}");
        if (answer.StatusCode != HttpStatusCode.OK)
            answer.Headers.RetryAfter.ShouldNotBeNull();
        return answer.StatusCode;
    }

    /// <summary>Waits until the server has found its database again.</summary>
    public Task UntilReadyAsync() => Wait.UntilAsync(async () => await HealthAsync("ready") == HttpStatusCode.OK);

    /// <summary>Retries every open write. Then each must be there once, and the audit must find no breach.</summary>
    public async Task ShouldHaveLostNothingAsync()
    {
        await UntilReadyAsync();
        await Clients.FinishAsync();
        Writes.Open.ShouldBeEmpty();
        var check = new WriteCheck(connectionString, Lender, Writes);
        await check.CheckAsync(DateTimeOffset.UnixEpoch);
        await check.AuditAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Proxy.Resume();
        http.Dispose();
        Clients?.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        Proxy.Dispose();
    }
}

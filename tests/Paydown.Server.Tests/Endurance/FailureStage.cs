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
/// A server whose database is reached through a proxy, with a lender and clients, so that a test can take the database
/// away from it and give it back.
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

    public Deeds Deeds { get; private set; } = null!;

    public Clients Clients { get; private set; } = null!;

    /// <summary>The pool of the server.</summary>
    public NpgsqlDataSource Pool => server.Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>The connections that groups of the server are written over.</summary>
    public GroupConnections GroupConnections => server.Services.GetRequiredService<GroupConnections>();

    /// <summary>Reaches the database past the proxy.</summary>
    public string DirectConnectionString => connectionString;

    private UnixDomainSocketEndPoint Upstream =>
        new(Path.Combine(new NpgsqlConnectionStringBuilder(connectionString).Host!, ".s.PGSQL.5432"));

    /// <summary>Starts it on a database of its own.</summary>
    /// <param name="cluster">Where the database is made.</param>
    /// <param name="poolSize">The most connections of the server.</param>
    public static async Task<FailureStage> StartAsync(TestCluster cluster, int poolSize = 20)
    {
        var stage = new FailureStage(await cluster.CreateDatabaseAsync());
        var direct = new NpgsqlConnectionStringBuilder(stage.connectionString);
        // No other words: the limits are the server's own.
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
        stage.Deeds = new Deeds(stage.Lender, new Random(1));
        stage.Clients = new Clients(stage.Lender, stage.Deeds, stage.http.BaseAddress);
        return stage;
    }

    /// <summary>A report of this borrower, not sent yet.</summary>
    public Deed ReportOf(int borrower) => Deeds.Report(Lender.Borrowers[borrower]);

    /// <summary>Sends it; it must get 503 for a lost database within the limit.</summary>
    public async Task ShouldBeRefusedAsync(Deed deed)
    {
        (await Clients.TryAsync(deed)).ShouldBeFalse();
        Deeds.Surprises.ShouldBeEmpty();
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

    /// <summary>Waits until the server has found its database again, by itself.</summary>
    public Task UntilReadyAsync() => Wait.UntilAsync(async () => await HealthAsync("ready") == HttpStatusCode.OK);

    /// <summary>Retries all that is open; then everything must be there once, and the audit clean.</summary>
    public async Task ShouldHaveLostNothingAsync()
    {
        await UntilReadyAsync();
        await Clients.FinishAsync();
        Deeds.Open.ShouldBeEmpty();
        var reckoning = new Reckoning(connectionString, Lender, Deeds);
        await reckoning.CheckAsync(DateTimeOffset.UnixEpoch);
        await reckoning.AuditAsync();
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

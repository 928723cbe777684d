using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;
using Paydown.Server.Webhooks;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>
/// A class fixture: a server with a clock that tests move, its own copy of the migrated database, and two lenders. The
/// tests of a class share it, so each adds the customers and loans that it needs. Lenders and people are added through
/// the server's own stores, because no call creates them. Everything else goes through the API.
/// </summary>
public sealed class TestServer(TestCluster cluster) : IAsyncLifetime
{
    private readonly TestClock? clock = new();
    private WebApplication? application;
    private NpgsqlDataSource? ownPool;
    private AccessTokens tokens = null!;

    private TestServer(TestCluster cluster, TestClock? clock)
        : this(cluster) => this.clock = clock;

    /// <summary>No limits, so tests can send any number of requests.</summary>
    public static CallerLimitOptions NoLimits { get; } = new() { RequestsPerSecond = CallerLimitOptions.Unlimited };

    /// <summary>The server's clock.</summary>
    public TestClock Clock => clock ?? throw new InvalidOperationException("This server runs by the machine's clock.");

    /// <summary>The date in UTC, the time zone of both lenders.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

    /// <summary>The lender that most tests are about.</summary>
    public TestOrganisation Lender { get; private set; } = null!;

    /// <summary>Another lender on the same server; absent if the server has its own options.</summary>
    public TestOrganisation OtherLender { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource Database => ownPool ?? application!.Services.GetRequiredService<NpgsqlDataSource>();

    public IServiceProvider Services => application!.Services;

    public Ids Ids { get; private set; } = null!;

    private TimeProvider Time => clock ?? TimeProvider.System;

    public async ValueTask InitializeAsync()
    {
        await StartAsync(options => options);
        OtherLender = await AddOrganisationAsync();
    }

    /// <summary>Starts a server with its own options and one lender.</summary>
    public static async Task<TestServer> StartAsync(TestCluster cluster, Func<ServerOptions, ServerOptions> change)
    {
        var server = new TestServer(cluster);
        await server.StartAsync(change);
        return server;
    }

    /// <summary>Adds two lenders to a server that runs elsewhere and is not stopped with the result.</summary>
    /// <param name="address">Where the server listens.</param>
    /// <param name="connectionString">Its database, migrated.</param>
    /// <param name="clock">Its clock; null if it runs by the machine's.</param>
    public static async Task<TestServer> AttachAsync(Uri address, string connectionString, TestClock? clock = null)
    {
        var server = new TestServer(null!, clock)
        {
            ConnectionString = connectionString,
            Address = address,
            // No statement is prepared here, because only the server's own connections may know the schema before a
            // migration.
            ownPool = Paydown.Server.Platform.Storage.Database.Open($"{connectionString};Max Auto Prepare=0"),
        };
        var keys = new SigningKeys(server.Time);
        server.Ids = new Ids(server.Time);
        keys.Replace(await new SigningKeyStore(server.Database, server.Time, server.Ids).LoadAsync(default));
        server.tokens = new AccessTokens(keys, new RevokedSessions(), server.Time, server.Ids);
        (server.Lender, server.OtherLender) = (
            await server.AddOrganisationAsync(),
            await server.AddOrganisationAsync()
        );
        return server;
    }

    /// <summary>Starts another server on the same database, with the same clock and lenders.</summary>
    public async Task<TestServer> StartSecondAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var second = new TestServer(cluster, clock) { Lender = Lender, OtherLender = OtherLender };
        var options = OptionsOn(ConnectionString);
        await second.RunAsync(change is null ? options : change(options));
        return second;
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await application.DisposeAsync();
        if (ownPool is not null)
            await ownPool.DisposeAsync();
    }

    /// <summary>Issues an access token.</summary>
    public string TokenOf(Caller caller) => tokens.Issue(caller);

    /// <summary>Issues an access token that expired yesterday.</summary>
    public string ExpiredTokenOf(Caller caller)
    {
        using (Clock.At(Today.AddDays(-1)))
            return TokenOf(caller);
    }

    /// <summary>Returns a user of this server, who need not be in its database.</summary>
    public TestUser UserOf(Caller caller) => new(Address, caller, () => TokenOf(caller));

    /// <inheritdoc cref="TestUser.Holding"/>
    public TestUser HolderOf(string token) => TestUser.Holding(token, Address);

    /// <summary>Adds a lender in a time zone, with its customer and officers.</summary>
    public Task<TestOrganisation> AddOrganisationAsync(string timeZone = "UTC") =>
        TestOrganisation.AddAsync(this, timeZone);

    /// <summary>Fails if <c>paydown audit</c> finds anything.</summary>
    public async Task ShouldAuditCleanAsync()
    {
        var (exit, output) = await AuditAsync();
        exit.ShouldBe(0, output);
    }

    /// <summary>Runs <c>paydown audit</c>.</summary>
    public async Task<(int Exit, string Output)> AuditAsync(bool json = false)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var exit = await Audit.RunAsync(Database, output, json, default);
        return (exit, output.ToString());
    }

    /// <summary>Reads one value from the database, for facts that no call shows.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Sql.Value(value));
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>For tests that must write SQL.</summary>
    public BackDoor BackDoor => new(cluster, ConnectionString);

    internal DateTimeOffset Now => ActionContext.InstantOf(Time);

    private async ValueTask StartAsync(Func<ServerOptions, ServerOptions> change)
    {
        await RunAsync(change(OptionsOn(await cluster.CreateDatabaseAsync())));
        Lender = await AddOrganisationAsync();
    }

    private ServerOptions OptionsOn(string connectionString) =>
        new()
        {
            Urls = ["http://127.0.0.1:0"],
            ConnectionString = connectionString,
            Time = Time,
            Limits = NoLimits,
            SignIn = new SignInOptions
            {
                LoginsPerAccountAMinute = 10_000,
                FailuresPerAddressAMinute = 10_000,
                RefreshFailuresPerAddressAMinute = 10_000,
                RegistrationsPerAddressAMinute = 10_000,
                RegistrationsAMinute = 10_000,
            },
            // No worker runs, and receivers are on this machine.
            Webhooks = new WebhookOptions { AllowsLoopback = true },
            // No round of payments starts by itself. A test that needs one runs it.
            Payments = new PaymentOptions { Kind = PaymentKind.Sandbox, Pause = TimeSpan.FromDays(1) },
        };

    private async Task RunAsync(ServerOptions options)
    {
        ConnectionString = options.ConnectionString;
        application = ServerHost.Build(options);
        await application.StartAsync();
        Address = new Uri(application.Urls.Single());
        tokens = application.Services.GetRequiredService<AccessTokens>();
        Ids = application.Services.GetRequiredService<Ids>();
    }
}

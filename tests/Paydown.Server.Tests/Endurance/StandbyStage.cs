using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A server on a primary with a synchronous standby from <c>pg_basebackup</c>. A test can stop and restart the standby,
/// and add another.
/// </summary>
internal sealed class StandbyStage : IAsyncDisposable
{
    private readonly ScratchFolder folder = new();
    private LocalPostgres primary = null!;
    private NpgsqlDataSource administrator = null!;
    private PostgresAccount? account;
    private PostgresPrograms programs = null!;
    private Node current = null!;
    private Node other = null!;
    private Node? third;

    public WebApplication Server { get; private set; } = null!;

    public Lender Lender { get; private set; } = null!;

    public ClientWrites Writes { get; private set; } = null!;

    public Clients Clients { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public string ConnectionString => primary.ConnectionString;

    /// <summary>The connection string of the standby alone.</summary>
    public string StandbyConnectionString =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Host = StandbySocket }.ConnectionString;

    /// <summary>The connection string of the node that is the primary now.</summary>
    public string CurrentConnectionString =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Host = current.Socket }.ConnectionString;

    // The server finds whichever is the primary.
    private string BothConnectionString
    {
        get
        {
            var both = new NpgsqlConnectionStringBuilder(ConnectionString);
            both.Host = $"{both.Host},{StandbySocket}";
            return both.ConnectionString;
        }
    }

    // Not in the folder of the data, whose files pg_rewind copies.
    private string StandbySocket => Path.Combine(folder.Path, "socket");

    private string StandbyFolder => Path.Combine(folder.Path, "standby");

    private string PrimaryLog => Path.Combine(folder.Path, "primary", "postgres.log");

    /// <summary>Starts server, primary and standby. From then on each commit waits for the standby.</summary>
    public static async Task<StandbyStage> StartAsync()
    {
        var stage = new StandbyStage();
        try
        {
            await stage.StartPrimaryAsync();
            await stage.MakeStandbyAsync(stage.other);
            await stage.StartStandbyAsync();
            await stage.WaitForStandbyAsync();
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the standby, and waits until it streams.</summary>
    public Task StartStandbyAsync() => StartStandbyAsync(other);

    /// <summary>Adds another standby. From then on each commit waits for one of the two.</summary>
    public async Task AddStandbyAsync()
    {
        third = new Node(Path.Combine(folder.Path, "standby2"), Path.Combine(folder.Path, "socket2"));
        await MakeStandbyAsync(third);
        await StartStandbyAsync(third);
        await ExecuteAsync($"alter system set synchronous_standby_names = 'ANY 1 ({other.Name}, {third.Name})'");
        await ExecuteAsync("select pg_reload_conf()");
        await UntilAsync("select count(*) from pg_stat_replication where sync_state = 'quorum'", 2);
    }

    /// <summary>Starts the standby that was added.</summary>
    public Task StartAddedStandbyAsync() => StartStandbyAsync(third!);

    /// <summary>Stops the standby that was added.</summary>
    public Task StopAddedStandbyAsync() => StopStandbyAsync(third!);

    /// <summary>Kills the primary, and does not start it again.</summary>
    public async Task KillPrimaryAsync()
    {
        var process = primary.ProcessId;
        await primary.AbandonAsync();
        await ChildProgram.SignalAsync("KILL", process, default);
    }

    /// <summary>Makes the standby the primary.</summary>
    public Task PromoteStandbyAsync() => RunAsync("pg_ctl", "promote", "-w", "-D", StandbyFolder);

    /// <summary>Makes the other node the primary, after the primary was killed.</summary>
    public Task PromoteAsync() => RunAsync("pg_ctl", "promote", "-w", "-D", other.Folder);

    /// <summary>Kills the node that is the primary now, and waits until none of its processes is left.</summary>
    public async Task KillAsync()
    {
        if (current.Folder == primary.Folder)
            await primary.AbandonAsync();
        var pid = await File.ReadAllLinesAsync(Path.Combine(current.Folder, "postmaster.pid"));
        await ChildProgram.SignalAsync("KILL", int.Parse(pid[0]), default);
        foreach (var left in Postmaster.ProcessesOf(current.Folder))
            await ChildProgram.SignalAsync("QUIT", left, default);
        await Wait.UntilAsync(() => Postmaster.ProcessesOf(current.Folder).Count == 0);
        // The process id in them may belong to a zombie.
        File.Delete(Path.Combine(current.Folder, "postmaster.pid"));
        File.Delete(Path.Combine(current.Socket, ".s.PGSQL.5432.lock"));
    }

    /// <summary>
    /// Lets the killed node follow the promoted one: what it alone has is undone by <c>pg_rewind</c>. From then on each
    /// commit waits for it.
    /// </summary>
    public async Task ReturnAsync()
    {
        (current, other) = (other, current);
        await administrator.DisposeAsync();
        administrator = AdministratorOf(current);
        // Otherwise pg_rewind still reads the old timeline.
        await ExecuteAsync("checkpoint");
        await RunAsync(
            "pg_rewind",
            "-D",
            other.Folder,
            "--source-server",
            $"host={current.Socket} port=5432 user=postgres dbname=postgres",
            "--write-recovery-conf"
        );
        await StartNodeAsync(other);
        await using (var returned = AdministratorOf(other))
        {
            await ExecuteAsync(returned, "alter system reset synchronous_standby_names");
            await ExecuteAsync(returned, "select pg_reload_conf()");
        }

        await WaitForStandbyAsync();
    }

    /// <summary>Starts another server, which knows only the standby.</summary>
    public Task<WebApplication> ServeStandbyAsync() => ServeAsync(StandbyConnectionString);

    /// <summary>Starts another server, which knows both nodes.</summary>
    public Task<WebApplication> ServeBothAsync() => ServeAsync(BothConnectionString);

    /// <summary>Stops the standby.</summary>
    public Task StopStandbyAsync() => StopStandbyAsync(other);

    /// <summary>Revokes the tokens of a session, as a sign-out does.</summary>
    public async Task RevokeAsync(SessionId sessionId)
    {
        await using var pool = Database.Open(BothConnectionString);
        await using var connection = await pool.OpenConnectionAsync();
        var now = TimeProvider.System.GetUtcNow();
        await RevocationStore.RevokeAsync(connection, sessionId, now, now.AddHours(1), default);
    }

    /// <summary>Rejects a repayment, as the cashier.</summary>
    public async Task<HttpStatusCode> RejectAsync(Guid repayment, string key)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(
            HttpMethod.Put,
            $"/api/v6/services/admin/repayments/{repayment}/reject"
        );
        foreach (var (name, value) in Clients.HeadersOf(Lender.Cashier, key))
            request.Headers.Add(name, value);
        request.Content = new StringContent("""{"reason":"No such transfer."}""", null, "application/json");
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            answer.Headers.RetryAfter.ShouldNotBeNull();
            var body = await answer.Content.ReadAsStringAsync();
            JsonDocument.Parse(body).RootElement.GetProperty("code").GetString().ShouldBe("SERVICE_UNAVAILABLE");
        }

        return answer.StatusCode;
    }

    /// <summary>Returns the number that a query counts.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var command = administrator.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    public Task ExecuteAsync(string sql) => ExecuteAsync(administrator, sql);

    /// <summary>Waits until a query returns this number.</summary>
    public Task UntilAsync(string sql, long wanted) =>
        Wait.UntilAsync(async () => await CountAsync(sql) == wanted, () => sql);

    /// <summary>Returns how often PostgreSQL's wait for its standby was cancelled.</summary>
    public int CountCancelledWaits() =>
        File.ReadAllText(PrimaryLog).Split("canceling wait for synchronous replication").Length - 1;

    public async ValueTask DisposeAsync()
    {
        Clients?.Dispose();
        if (Server is not null)
            await Server.DisposeAsync();
        if (administrator is not null)
            await administrator.DisposeAsync();
        if (primary is not null)
            await primary.DisposeAsync();
        // A promoted one would go on.
        foreach (var folderOfNode in new[] { current?.Folder, other?.Folder, third?.Folder })
        {
            if (folderOfNode is not null && Postmaster.Find(folderOfNode) is not null)
                await RunAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", folderOfNode);
        }

        await folder.DisposeAsync();
    }

    private async Task StartPrimaryAsync()
    {
        primary = await LocalPostgres.StartAsync(
            new LocalPostgresOptions(Path.Combine(folder.Path, "primary")) { IsDurable = false },
            default
        );
        current = new Node(primary.Folder, new NpgsqlConnectionStringBuilder(ConnectionString).Host!);
        other = new Node(StandbyFolder, StandbySocket);
        administrator = AdministratorOf(current);
        // A node that returns reads back to where the nodes parted.
        await ExecuteAsync("alter system set wal_keep_size = '1GB'");
        await ExecuteAsync("select pg_reload_conf()");
        account = await PostgresAccount.ChooseAsync(primary.Folder, default);
        programs = await PostgresPrograms.FindAsync(clusterVersion: null, default);
        Server = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = BothConnectionString,
                Limits = TestServer.NoLimits,
            }
        );
        await TestCluster.MigrateAsync(ConnectionString);
        await Server.StartAsync();
        Address = new Uri(Server.Urls.Single());
        Lender = await Lender.AddAsync(Address, ConnectionString, 4);
        Writes = new ClientWrites(Lender, new Random(1));
        Clients = new Clients(Lender, Writes, Address);
    }

    private static async Task<WebApplication> ServeAsync(string connectionString)
    {
        var server = ServerHost.Build(
            new ServerOptions { Urls = ["http://127.0.0.1:0"], ConnectionString = connectionString }
        );
        await server.StartAsync();
        return server;
    }

    private static NpgsqlDataSource AdministratorOf(Node node) =>
        NpgsqlDataSource.Create($"Host={node.Socket};Port=5432;Username=postgres;Database=paydown");

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task WaitForStandbyAsync()
    {
        await ExecuteAsync("alter system set synchronous_standby_names = '*'");
        await ExecuteAsync("select pg_reload_conf()");
        await UntilAsync("select count(*) from pg_stat_replication where sync_state = 'sync'", 1);
    }

    private Task StartNodeAsync(Node node) =>
        RunAsync(
            "pg_ctl",
            "start",
            "-w",
            "-D",
            node.Folder,
            "-l",
            Path.Combine(node.Socket, "standby.log"),
            "-o",
            $"-c listen_addresses='' -c unix_socket_directories='{node.Socket}' -c fsync=off -c cluster_name={node.Name}"
        );

    private async Task StartStandbyAsync(Node node)
    {
        await StartNodeAsync(node);
        await UntilAsync(
            $"select count(*) from pg_stat_replication where state = 'streaming' and application_name = '{node.Name}'",
            1
        );
    }

    private async Task StopStandbyAsync(Node node)
    {
        await RunAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", node.Folder);
        await UntilAsync($"select count(*) from pg_stat_replication where application_name = '{node.Name}'", 0);
    }

    private async Task MakeStandbyAsync(Node node)
    {
        foreach (var made in new[] { node.Folder, node.Socket })
        {
            Directory.CreateDirectory(made, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            if (account is not null)
                await account.GiveAsync(made, default);
        }

        var socket = new NpgsqlConnectionStringBuilder(ConnectionString).Host;
        await RunAsync(
            "pg_basebackup",
            "-D",
            node.Folder,
            "-h",
            socket!,
            "-U",
            "postgres",
            "--checkpoint",
            "fast",
            "--write-recovery-conf"
        );
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        string[] commandLine = [Path.Combine(programs.Folder, program), .. arguments];
        var outcome = await ChildProgram.RunAsync(account?.Wrap(commandLine) ?? commandLine, default);
        outcome.IsSuccess.ShouldBeTrue(outcome.Output);
    }

    private sealed record Node(string Folder, string Socket)
    {
        /// <summary>Its name on the primary.</summary>
        public string Name => Path.GetFileName(Folder);
    }
}

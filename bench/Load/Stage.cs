using System.Diagnostics;
using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Storage;

namespace Paydown.Bench;

/// <summary>The setting of the benchmarks: one private PostgreSQL for all sides, and the durations.</summary>
public sealed class Stage : IAsyncDisposable
{
    // 128 clients of pgbench need 128 connections.
    private const int ConnectionsMax = 200;

    private readonly LocalPostgres cluster;
    private readonly NpgsqlDataSource administrator;
    private int cloneCount;

    private Stage(string root, bool isQuick, LocalPostgres cluster)
    {
        (Root, IsQuick, this.cluster) = (root, isQuick, cluster);
        administrator = NpgsqlDataSource.Create(
            cluster.AdministratorConnectionString + ";Pooling=false;Command Timeout=0"
        );
    }

    public string Root { get; }

    /// <summary>True for one short round, which shows that the benchmarks work, not how fast anything is.</summary>
    public bool IsQuick { get; }

    public int Rounds => Ordered("BENCH_ROUNDS") ?? (IsQuick ? 1 : 5);

    /// <summary>The duration of one side in one round.</summary>
    public int Seconds => Ordered("BENCH_SECONDS") ?? (IsQuick ? 1 : 5);

    /// <summary>The only number of clients to run; null runs all.</summary>
    public int? Clients => Ordered("BENCH_CLIENTS");

    /// <summary>Rows on the larger side of <c>lists</c>; null for the default.</summary>
    public int? Rows => Ordered("BENCH_ROWS");

    /// <summary>The time it took to create the last portfolio, without copying it.</summary>
    public TimeSpan FillTime { get; private set; }

    public int WarmUpSeconds => IsQuick ? 1 : 10;

    /// <summary>The directory of the cluster's socket, for pgbench.</summary>
    public string SocketFolder => new NpgsqlConnectionStringBuilder(cluster.ConnectionString).Host!;

    /// <summary>Processor time that all PostgreSQL processes have used so far.</summary>
    public double PostgresMicroseconds =>
        Programs.ChildrenOf(cluster.ProcessId).Append(cluster.ProcessId).Sum(Programs.ProcessorMicroseconds);

    public string PaydownProgram => Path.Combine(Root, "artifacts", "paydown", "paydown.dll");

    public string UsualProgram => Path.Combine(Root, "bench", "Usual", "bin", "Release", "net10.0", "usual.dll");

    public string LoadProgram => typeof(Stage).Assembly.Location;

    public string Scratch => Path.Combine(Root, "artifacts", "bench", "scratch");

    /// <summary>
    /// Starts the cluster with PostgreSQL's defaults, except for shared_buffers and the number of connections.
    /// </summary>
    public static async Task<Stage> OpenAsync(string root, bool isQuick)
    {
        var folder = Path.Combine(root, "artifacts", "bench", "data");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var options = new LocalPostgresOptions(folder) { ConnectionsMax = ConnectionsMax };
        await using (var made = await LocalPostgres.StartAsync(options, default))
            await SetDefaultsAsync(made.Folder);
        var stage = new Stage(root, isQuick, await LocalPostgres.StartAsync(options, default));
        Directory.CreateDirectory(stage.Scratch);
        return stage;
    }

    /// <summary>A new database with a portfolio, copied from a template that is created once per size.</summary>
    public async Task<BenchDatabase> CreateDatabaseAsync(int loanCount, int repaymentsPerLoan = 0)
    {
        var template = $"portfolio_{loanCount}_{repaymentsPerLoan}";
        if (await ScalarAsync($"select count(*) from pg_database where datname = '{template}'") is 0L)
        {
            await ExecuteAsync($"create database {template} owner paydown");
            await using var source = Database.OpenAsOwner(ConnectionStringOf(template));
            var clock = Stopwatch.StartNew();
            await new Portfolio(source, TimeProvider.System).FillAsync(loanCount, repaymentsPerLoan, _ => { }, default);
            FillTime = clock.Elapsed;
            var usual = await File.ReadAllTextAsync(Path.Combine(Root, "bench", "usual.sql"));
            await using (var tables = source.CreateCommand(usual))
                await tables.ExecuteNonQueryAsync();
            // Autovacuum would do this later, perhaps in the middle of a round.
            await using (var vacuum = source.CreateCommand("vacuum analyze"))
            {
                vacuum.CommandTimeout = 0;
                await vacuum.ExecuteNonQueryAsync();
            }

            await ExecuteAsync($"alter database {template} is_template true");
        }

        var name = $"bench_{++cloneCount}";
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"create database {name} template {template} owner paydown strategy file_copy");
        return new BenchDatabase(this, name, ConnectionStringOf(name));
    }

    /// <summary>Writes dirty pages to disk, so that no round pays for the previous one.</summary>
    public Task CheckpointAsync() => ExecuteAsync("checkpoint");

    public Task DropAsync(string name) => ExecuteAsync($"drop database {name} with (force)");

    public async ValueTask DisposeAsync()
    {
        await administrator.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await cluster.DisposeAsync();
        Directory.Delete(Path.Combine(Root, "artifacts", "bench", "data"), recursive: true);
        Directory.Delete(Scratch, recursive: true);
    }

    // Removes Paydown's settings of the private cluster, so that PostgreSQL's defaults apply.
    private static async Task SetDefaultsAsync(string clusterFolder)
    {
        var path = Path.Combine(clusterFolder, "postgresql.conf");
        var text = await File.ReadAllTextAsync(path);
        var ours = text.IndexOf("# Paydown's settings", StringComparison.Ordinal);
        if (ours < 0)
            throw new BenchException("The settings of the private cluster are not in the expected place.");
        await File.WriteAllTextAsync(
            path,
            text[..ours] + $"max_connections = {ConnectionsMax}\nshared_buffers = 2GB\n"
        );
    }

    // For a closer look, for example with a profiler.
    private static int? Ordered(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;

    private string ConnectionStringOf(string database) =>
        new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = database }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var command = administrator.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = administrator.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

/// <summary>The database of one benchmark, with the programs that use it. Dropped on disposal.</summary>
public sealed class BenchDatabase(Stage stage, string name, string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = Database.OpenAsOwner(connectionString);

    public string Name => name;

    public NpgsqlDataSource Source => source;

    public string ConnectionString => connectionString;

    public Task<ServerProcess> StartPaydownAsync(params IReadOnlyList<string> options) =>
        StartPaydownOnAsync(connectionString, options);

    /// <summary>A server with a connection string of its own, which leads to this database.</summary>
    public Task<ServerProcess> StartPaydownOnAsync(string connection, params IReadOnlyList<string> options) =>
        // No load reaches this rate, but each request is still counted.
        ServerProcess.StartAsync(
            stage.PaydownProgram,
            url =>
                [
                    "serve",
                    "--database",
                    connection,
                    "--urls",
                    url,
                    "--requests-per-second",
                    "1000000",
                    "--no-work",
                    .. options,
                ]
        );

    /// <summary>A server that measures and serves its metrics.</summary>
    public Task<ServerProcess> StartMeasuredAsync() => StartPaydownAsync("--metrics-urls", "http://127.0.0.1:0");

    public Task<ServerProcess> StartUsualAsync() =>
        ServerProcess.StartAsync(stage.UsualProgram, url => ["--database", connectionString, "--urls", url]);

    /// <param name="what">A constant of <see cref="MemoryServer"/>.</param>
    public Task<ServerProcess> StartMemoryAsync(string what) =>
        ServerProcess.StartAsync(stage.LoadProgram, url => ["memory", what, connectionString, url]);

    /// <summary>Throws if the audit finds a violation.</summary>
    public Task AuditAsync() =>
        Programs.RunAsync("dotnet", [stage.PaydownProgram, "audit", "--database", connectionString]);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string table)
    {
        await using var command = source.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await stage.DropAsync(name);
    }
}

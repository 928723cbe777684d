using System.Diagnostics;
using Npgsql;
using Paydown.Server.Platform.Storage;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>Debian's pgbouncer in front of a database.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";
    private const int PoolSize = 40;

    // What a server sets for its own transactions.
    private const string Changed = """
        select name || ' = ' || setting from pg_settings
        where name in ('lock_timeout', 'idle_in_transaction_session_timeout', 'plan_cache_mode', 'enable_seqscan',
                       'enable_hashjoin', 'enable_mergejoin', 'join_collapse_limit', 'jit', 'transaction_read_only')
          and setting <> boot_val and setting <> reset_val
        """;

    private readonly ScratchFolder folder = new();
    private Process? process;

    /// <summary>The connection string of the database behind it.</summary>
    public string ConnectionString { get; private set; } = "";

    public static void SkipIfMissing() => Assert.SkipUnless(File.Exists(Program), "pgbouncer is not installed.");

    /// <summary>Starts it.</summary>
    /// <param name="connectionString">The database, on a Unix socket.</param>
    /// <param name="mode">The pool mode: transaction or session.</param>
    public static async Task<PgBouncer> StartAsync(string connectionString, string mode)
    {
        var pooler = new PgBouncer();
        try
        {
            await pooler.RunAsync(new NpgsqlConnectionStringBuilder(connectionString), mode);
            return pooler;
        }
        catch
        {
            await pooler.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns what sessions of the database have kept of a server's settings.</summary>
    public async Task<IReadOnlyList<string>> ListChangedSettingsAsync()
    {
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
        var sessions = new List<NpgsqlConnection>();
        var changed = new List<string>();
        try
        {
            // Each open transaction has a session of its own, so together they have all.
            for (var i = 0; i < PoolSize; i++)
            {
                var session = new NpgsqlConnection(unpooled.ConnectionString);
                sessions.Add(session);
                await session.OpenAsync(TestContext.Current.CancellationToken);
                _ = await session.BeginTransactionAsync(TestContext.Current.CancellationToken);
                await using var command = new NpgsqlCommand(Changed, session);
                await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
                while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                    changed.Add(reader.GetString(0));
            }
        }
        finally
        {
            foreach (var session in sessions)
                await session.DisposeAsync();
        }

        return changed;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await folder.DisposeAsync();
    }

    private async Task RunAsync(NpgsqlConnectionStringBuilder database, string mode)
    {
        var port = ServerProcess.FreePort();
        var users = Path.Combine(folder.Path, "users.txt");
        var settings = Path.Combine(folder.Path, "pgbouncer.ini");
        await File.WriteAllTextAsync(users, $"\"{database.Username}\" \"\"\n");
        await File.WriteAllTextAsync(
            settings,
            $"""
            [databases]
            * = host={database.Host} port={database.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {users}
            pool_mode = {mode}
            default_pool_size = {PoolSize}
            max_client_conn = 200
            """
        );
        var account = await PostgresAccount.ChooseAsync(folder.Path + "/none", default);
        string[] commandLine = [Program, "-q", settings];
        commandLine = account?.Wrap(commandLine) ?? commandLine;
        process = Process.Start(
            new ProcessStartInfo(commandLine[0], commandLine.Skip(1)) { WorkingDirectory = folder.Path }
        );
        ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = port,
            NoResetOnClose = true,
        }.ConnectionString;
        await Wait.UntilAsync(IsReadyAsync);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}

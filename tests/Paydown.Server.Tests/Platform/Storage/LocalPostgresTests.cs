using System.Diagnostics;
using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

/// <summary>Each test has its own cluster and kills its owner or processes, as the kernel may.</summary>
public sealed class LocalPostgresTests : IClassFixture<NewbornCluster>, IDisposable
{
    private readonly NewbornCluster newborn;
    private readonly string folder = Directory.CreateTempSubdirectory("paydown-local-").FullName;

    public LocalPostgresTests(NewbornCluster newborn)
    {
        this.newborn = newborn;
        // All users may enter, because the cluster of a root runs as another user.
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Committed_rows_are_there_after_a_restart()
    {
        await using (var first = await StartAsync())
        {
            first.IsAdopted.ShouldBeFalse();
            await ExecuteAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        await using var second = await StartAsync();
        (await AskAsync(second, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task The_cluster_is_durable_checksummed_and_private_and_its_role_is_not_a_superuser()
    {
        await using var postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions(folder), default);
        const string Settings = """
            SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
            WHERE name IN ('data_checksums', 'fsync', 'full_page_writes', 'listen_addresses', 'server_encoding',
                           'synchronous_commit')
            """;
        (await AskAsync(postgres, Settings)).ShouldBe(
            "data_checksums=on fsync=on full_page_writes=on listen_addresses= server_encoding=UTF8 "
                + "synchronous_commit=on"
        );
        (
            await AskAsync(postgres, "SELECT current_user || ' ' || usesuper FROM pg_user WHERE usename = current_user")
        ).ShouldBe("paydown false");
        const UnixFileMode Others =
            UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite
            | UnixFileMode.OtherExecute;
        var socket = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        (File.GetUnixFileMode(socket) & Others).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task A_second_owner_is_refused_with_a_message_and_a_guest_is_not()
    {
        await using var owner = await StartAsync();
        var refused = await Should.ThrowAsync<OperatingException>(StartAsync);
        refused.Message.ShouldContain("--data");
        refused.Message.ShouldContain($"{Environment.ProcessId}");

        await using (var guest = await LocalPostgres.JoinAsync(Options, default))
            guest.ProcessId.ShouldBe(owner.ProcessId);
        (await AskAsync(owner, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_guest_of_a_stopped_cluster_starts_it_and_stops_it_again()
    {
        int process;
        await using (var alone = await LocalPostgres.JoinAsync(Options, default))
        {
            process = alone.ProcessId;
            (await AskAsync(alone, "SELECT 1")).ShouldBe(1);
        }
        Postmaster.IsAlive(process).ShouldBeFalse();
    }

    [Fact]
    public async Task The_cluster_of_a_killed_owner_is_adopted()
    {
        var killed = await StartAsync();
        await ExecuteAsync(killed, "CREATE TABLE kept AS SELECT 42 AS answer");
        await killed.AbandonAsync();

        await using var next = await StartAsync();
        next.IsAdopted.ShouldBeTrue();
        next.ProcessId.ShouldBe(killed.ProcessId);
        (await AskAsync(next, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_crashed_cluster_is_recovered_with_its_orphans_ended()
    {
        var crashed = await StartAsync();
        await ExecuteAsync(crashed, "CREATE TABLE kept AS SELECT 42 AS answer");
        // A backend in the middle of a long statement does not notice that its parent died.
        var busy = Task.Run(() => AskAsync(crashed, "SELECT count(*) FROM generate_series(1, 10000000000)"));
        const string Busy = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series%'";
        await Wait.UntilAsync(async () => await AskAsync(crashed, Busy) is 2L);
        await crashed.AbandonAsync();
        await KillAsync(crashed.ProcessId);

        await using var next = await StartAsync();
        next.IsAdopted.ShouldBeFalse();
        (await AskAsync(next, "SELECT answer FROM kept")).ShouldBe(42);
        await Should.ThrowAsync<NpgsqlException>(() => busy);
    }

    [Fact]
    public async Task A_cluster_that_dies_under_its_owner_is_started_again_in_place()
    {
        var warnings = new List<string>();
        await using var postgres = await LocalPostgres.StartAsync(Options with { Warn = warnings.Add }, default);
        await ExecuteAsync(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
        var (connection, process) = (postgres.ConnectionString, postgres.ProcessId);
        await KillAsync(process);

        await Wait.UntilAsync(() => postgres.ProcessId != process);
        postgres.ConnectionString.ShouldBe(connection);
        (await AskAsync(postgres, "SELECT answer FROM kept")).ShouldBe(42);
        warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_reused_process_id_is_not_mistaken_for_the_cluster()
    {
        await using (var first = await StartAsync())
            await ExecuteAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "postgres", "postmaster.pid"),
            $"{Environment.ProcessId}\n{folder}/postgres\n1\n5432\n{folder}/socket\n\n0 0\nready   \n"
        );

        await using var next = await StartAsync();
        next.IsAdopted.ShouldBeFalse();
        (await AskAsync(next, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task An_interrupted_creation_starts_over()
    {
        Directory.CreateDirectory(Path.Combine(folder, "postgres.new", "half"));
        await using var postgres = await LocalPostgres.StartAsync(Options, default);
        (await AskAsync(postgres, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_path_that_is_too_long_for_a_socket_or_has_special_characters_works()
    {
        var deep = Path.Combine(folder, "a clone, with spaces", new string('x', 120));
        string socket;
        await using (var postgres = await LocalPostgres.StartAsync(Options with { DataFolder = deep }, default))
        {
            (await AskAsync(postgres, "SELECT 1")).ShouldBe(1);
            socket = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        }
        Directory.Exists(socket).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_only_root_may_enter_works()
    {
        var shut = Directory.CreateDirectory(
            Path.Combine(folder, "shut"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        var data = Path.Combine(shut.FullName, "data");
        string cluster;
        await using (var postgres = await LocalPostgres.StartAsync(Options with { DataFolder = data }, default))
        {
            await ExecuteAsync(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
            cluster = postgres.Folder;
        }
        await using (var again = await LocalPostgres.StartAsync(Options with { DataFolder = data }, default))
            (await AskAsync(again, "SELECT answer FROM kept")).ShouldBe(42);
        if (!cluster.StartsWith(folder, StringComparison.Ordinal))
            Directory.Delete(Path.GetDirectoryName(cluster)!, recursive: true);
    }

    private LocalPostgresOptions Options => new(folder) { IsDurable = false };

    private async Task<LocalPostgres> StartAsync()
    {
        if (!Directory.Exists(Path.Combine(folder, "postgres")))
            await newborn.CopyToAsync(folder);
        return await LocalPostgres.StartAsync(Options, default);
    }

    private static Task<object?> ExecuteAsync(LocalPostgres postgres, string sql) => AskAsync(postgres, sql);

    // Without a pool, because the tests kill the processes behind the connections.
    private static async Task<object?> AskAsync(LocalPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(
            $"{postgres.ConnectionString};Pooling=false;Command Timeout=0"
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task KillAsync(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
        await process.WaitForExitAsync();
    }
}

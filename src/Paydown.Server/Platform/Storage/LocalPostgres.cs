using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>How a private cluster is created and run.</summary>
/// <param name="DataFolder">The data directory of the server, which contains the cluster.</param>
public sealed record LocalPostgresOptions(string DataFolder)
{
    /// <summary>True if commits wait for the disk. False only for clusters of tests.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>The maximum number of connections. It is written into a new cluster.</summary>
    public int ConnectionsMax { get; init; } = 100;

    /// <summary>Receives the name of a step that takes long, for example <c>Creating the database</c>.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>Receives warnings while the cluster runs, one sentence each.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}

/// <summary>
/// The private PostgreSQL cluster of a server. It is created at the first start, runs with the installed PostgreSQL
/// programs, listens on a Unix socket only, and stops with the server. A killed server leaves it running or crashed.
/// The next start adopts or recovers it, with everything that was committed. If it crashes under a running server, it
/// is started again.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private const string SuperUser = "postgres";
    private const string Name = "paydown";
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RoundMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OrphansMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan JoinMax = TimeSpan.FromSeconds(60);

    private readonly LocalPostgresOptions options;
    private readonly ClusterFolders folders;
    private readonly DataFolderLock? ownership;
    private readonly CancellationTokenSource watching = new();
    private Task watch = Task.CompletedTask;
    private Postmaster postmaster = new(0, "", "");

    private LocalPostgres(LocalPostgresOptions options, ClusterFolders folders, DataFolderLock? ownership)
    {
        this.options = options;
        this.folders = folders;
        this.ownership = ownership;
    }

    /// <summary>The connection string of the application's database, with the role that owns it.</summary>
    public string ConnectionString => Connect(Name, Name);

    /// <summary>The connection string of the superuser, to create other databases.</summary>
    public string AdministratorConnectionString => Connect(SuperUser, SuperUser);

    /// <summary>The id of the parent process of the cluster.</summary>
    public int ProcessId => postmaster.ProcessId;

    /// <summary>The folder of the cluster.</summary>
    public string Folder => folders.Cluster;

    /// <summary>True if the cluster was already running: left by a killed server, or owned by another one.</summary>
    public bool IsAdopted { get; private set; }

    /// <summary>Starts the cluster of a data directory and owns it.</summary>
    /// <exception cref="OperatingException">Another server owns it, or PostgreSQL does not start.</exception>
    public static async Task<LocalPostgres> StartAsync(LocalPostgresOptions options, CancellationToken token)
    {
        var found = new ClusterFolders(options.DataFolder);
        var lease =
            DataFolderLock.Take(found.Root)
            ?? throw new OperatingException(
                $"Another Paydown (process {DataFolderLock.FindOwner(found.Root) ?? "unknown"}) is using {found.Root}. "
                    + "Stop it, or name another folder with --data."
            );
        return await StartOwnedAsync(options, found, lease, token);
    }

    /// <summary>Uses the cluster of a running server, or starts the cluster until it is disposed.</summary>
    /// <exception cref="OperatingException">PostgreSQL does not start.</exception>
    public static async Task<LocalPostgres> JoinAsync(LocalPostgresOptions options, CancellationToken token)
    {
        var found = new ClusterFolders(options.DataFolder);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < JoinMax)
        {
            if (DataFolderLock.Take(found.Root) is { } lease)
                return await StartOwnedAsync(options, found, lease, token);
            // The owner may be starting it.
            if (Postmaster.Find(found.Cluster) is { IsReady: true } running)
                return new LocalPostgres(options, found, null) { postmaster = running, IsAdopted = true };
            await Task.Delay(Glance, token);
        }
        throw new OperatingException($"The server that owns {found.Root} did not start its database in time.");
    }

    /// <summary>Stops the cluster if this object owns it, and waits until it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await watching.CancelAsync();
        await watch;
        watching.Dispose();
        if (ownership is null)
            return;
        // INT is PostgreSQL's fast shutdown: it rolls back open transactions and writes a checkpoint.
        if (Postmaster.IsOf(folders.Cluster, ProcessId))
            await ChildProgram.SignalAsync("INT", ProcessId, CancellationToken.None);
        if (await IsGoneAsync(ProcessId, StopMax))
            folders.RemoveShortSocketFolder();
        ownership.Dispose();
    }

    /// <summary>Releases everything and stops nothing, like a server that is killed. For tests.</summary>
    internal async Task AbandonAsync()
    {
        await watching.CancelAsync();
        await watch;
        ownership?.Dispose();
    }

    private static async Task<LocalPostgres> StartOwnedAsync(
        LocalPostgresOptions how,
        ClusterFolders where,
        DataFolderLock lease,
        CancellationToken token
    )
    {
        var local = new LocalPostgres(how, where, lease);
        try
        {
            await local.AdoptOrStartAsync(token);
            local.watch = local.WatchAsync(local.watching.Token);
            return local;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private async Task AdoptOrStartAsync(CancellationToken token)
    {
        if (Postmaster.Find(folders.Cluster) is { } left)
        {
            if (left.State != "stopping")
            {
                postmaster = await WaitUntilReadyAsync(left.ProcessId, token);
                IsAdopted = true;
                return;
            }
            await IsGoneAsync(left.ProcessId, StopMax);
        }

        var account = await PostgresAccount.ChooseAsync(folders.Cluster, token);
        var programs = await PostgresPrograms.FindAsync(folders.ClusterVersion, token);
        if (folders.ClusterVersion is null)
        {
            options.Report("Creating the database");
            await folders.PlaceClusterAsync(account, token);
            await new ClusterInitializer(options, folders, programs, account).MakeAsync(token);
        }
        await EndOrphansAsync(token);
        // A restarted cluster keeps its socket folder, because connection pools use it.
        var known = postmaster.SocketFolder;
        var socket = known.Length > 0 ? known : await folders.MakeSocketFolderAsync(account, token);
        // As with postmaster.pid, the process id in it may now belong to a zombie or to another program.
        File.Delete(Path.Combine(socket, ClusterFolders.SocketLockFile));
        postmaster = await WaitUntilReadyAsync(Spawn(programs, account, socket), token);
    }

    // Until the database is back, the server responds with 503.
    private async Task WatchAsync(CancellationToken token)
    {
        var pause = Round;
        while (!token.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, token);
                if (Postmaster.IsOf(folders.Cluster, ProcessId))
                    continue;
                if (pause == Round)
                {
                    options.Warn(
                        $"PostgreSQL (process {ProcessId}) has ended and is started again. See {folders.Log}."
                    );
                }

                await AdoptOrStartAsync(token);
                pause = Round;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
                when (exception is OperatingException or IOException or UnauthorizedAccessException or Win32Exception)
            {
                // For example, the disk is full. Retries until there is space, and warns less often each time.
                options.Warn(exception.Message);
                pause = pause * 2 < RoundMax ? pause * 2 : RoundMax;
            }
        }
    }

    // Children of a killed postmaster hold its shared memory, and PostgreSQL does not start until they end. They end
    // when they notice that their parent is gone, which takes long during a long query.
    private async Task EndOrphansAsync(CancellationToken token)
    {
        var pidFile = Path.Combine(folders.Cluster, "postmaster.pid");
        if (!File.Exists(pidFile))
            return;

        var orphans = Postmaster.ProcessesOf(folders.Cluster);
        foreach (var orphan in orphans)
            await ChildProgram.SignalAsync("QUIT", orphan, token);
        foreach (var orphan in orphans)
        {
            if (!await IsGoneAsync(orphan, OrphansMax))
                throw new OperatingException(
                    $"Process {orphan} of a crashed PostgreSQL does not end. Kill it and try again."
                );
        }
        // Its process id may now belong to another program, which PostgreSQL would take for its postmaster.
        File.Delete(pidFile);
    }

    private int Spawn(PostgresPrograms programs, PostgresAccount? account, string socketFolder)
    {
        // Without fsync, a commit survives a crash of PostgreSQL but not of the machine.
        var durable = options.IsDurable ? "on" : "off";
        string[] postgres =
        [
            programs.Postgres,
            "-D",
            folders.Cluster,
            // Settings that must not be changed by the configuration file, which the operator may tune.
            "-c",
            "listen_addresses=",
            "-c",
            "port=5432",
            "-c",
            $"unix_socket_directories={socketFolder}",
            "-c",
            "unix_socket_permissions=0700",
            "-c",
            $"fsync={durable}",
            "-c",
            $"full_page_writes={durable}",
            "-c",
            "synchronous_commit=on",
            "-c",
            "logging_collector=off",
        ];
        // In a separate session, Ctrl-C in the terminal reaches only the server, which then stops PostgreSQL. Each
        // program replaces the one before, so the process started here becomes the postmaster.
        const string Script = "log=$1; shift; exec setsid \"$@\" >>\"$log\" 2>&1 </dev/null";
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", Script, "sh", folders.Log, .. account?.Wrap(postgres) ?? postgres]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        TurnLog();
        using var process = Process.Start(start)!;
        return process.Id;
    }

    private async Task<Postmaster> WaitUntilReadyAsync(int processId, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        var isReported = false;
        while (Postmaster.IsAlive(processId))
        {
            if (Postmaster.Find(folders.Cluster) is { IsReady: true } ready && ready.ProcessId == processId)
                return ready;
            if (!isReported && clock.Elapsed > TimeSpan.FromSeconds(2))
            {
                options.Report("PostgreSQL is recovering after a crash");
                isReported = true;
            }
            // A short pause, because PostgreSQL is ready about 50 ms after its start. There is no limit: killing a
            // recovery would not shorten it.
            await Task.Delay(Glance, token);
        }
        throw new OperatingException(
            $"PostgreSQL did not start. The end of {folders.Log}:\n{string.Join('\n', LogLines().TakeLast(8))}"
        );
    }

    private async Task<bool> IsGoneAsync(int processId, TimeSpan max)
    {
        var clock = Stopwatch.StartNew();
        while (Postmaster.IsOf(folders.Cluster, processId))
        {
            if (clock.Elapsed > max)
                return false;
            await Task.Delay(Glance);
        }
        return true;
    }

    private void TurnLog()
    {
        const long BytesMax = 16 * 1024 * 1024;
        if (new FileInfo(folders.Log) is { Exists: true, Length: > BytesMax })
            File.Move(folders.Log, $"{folders.Log}.1", overwrite: true);
    }

    private IEnumerable<string> LogLines() => File.Exists(folders.Log) ? File.ReadLines(folders.Log) : [];

    private string Connect(string user, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = postmaster.SocketFolder,
            Port = 5432,
            Username = user,
            Database = database,
        }.ConnectionString;
}

using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>How a private cluster is made and run.</summary>
/// <param name="DataFolder">The data directory of the server; the cluster stands in it.</param>
public sealed record LocalPostgresOptions(string DataFolder)
{
    /// <summary>Whether what is committed is on the disk. Only one for tests, thrown away after, may say no.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>The most connections at once. It is written into the cluster when that is made.</summary>
    public int ConnectionsMax { get; init; } = 100;

    /// <summary>Told what takes its time: <c>Creating the database</c>.</summary>
    public Action<string> Report { get; init; } = _ => { };

    /// <summary>Told what should not happen while it runs, in a sentence.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}

/// <summary>
/// The private PostgreSQL cluster of a server: made at the first start, run from the installed PostgreSQL programs,
/// reached through a Unix socket only, stopped with the server. A server that is killed leaves it running or crashed;
/// the next start adopts or recovers it, and what was committed is there. One that dies under a running server is
/// started again.
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

    /// <summary>Reaches the application's database as the role that owns it, and nothing more.</summary>
    public string ConnectionString => Connect(Name, Name);

    /// <summary>Reaches the cluster as its superuser, to make other databases in it.</summary>
    public string AdministratorConnectionString => Connect(SuperUser, SuperUser);

    /// <summary>The parent process of the cluster.</summary>
    public int ProcessId => postmaster.ProcessId;

    /// <summary>Where the cluster is.</summary>
    public string Folder => folders.Cluster;

    /// <summary>True where it was found running: left by a server that was killed, or owned by one that runs.</summary>
    public bool IsAdopted { get; private set; }

    /// <summary>Starts the cluster of a data directory as its one owner.</summary>
    /// <exception cref="OperatingException">Another server owns it, or PostgreSQL does not start.</exception>
    public static async Task<LocalPostgres> StartAsync(LocalPostgresOptions options, CancellationToken token)
    {
        var found = new ClusterFolders(options.DataFolder);
        var lease =
            DataFolderLock.Take(found.Root)
            ?? throw new OperatingException(
                $"Another Paydown (process {DataFolderLock.FindOwner(found.Root) ?? "unknown"}) is using {found.Root}. "
                    + "Stop it, or give this one a folder of its own with --data."
            );
        return await StartOwnedAsync(options, found, lease, token);
    }

    /// <summary>Uses the cluster of a server that runs beside; where none does, starts it for the time being.</summary>
    /// <exception cref="OperatingException">PostgreSQL does not start.</exception>
    public static async Task<LocalPostgres> JoinAsync(LocalPostgresOptions options, CancellationToken token)
    {
        var found = new ClusterFolders(options.DataFolder);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < JoinMax)
        {
            if (DataFolderLock.Take(found.Root) is { } lease)
                return await StartOwnedAsync(options, found, lease, token);
            // Its owner may be about to start it.
            if (Postmaster.Find(found.Cluster) is { IsReady: true } running)
                return new LocalPostgres(options, found, null) { postmaster = running, IsAdopted = true };
            await Task.Delay(Glance, token);
        }
        throw new OperatingException($"The server that owns {found.Root} did not start its database in time.");
    }

    /// <summary>Stops the cluster, where this is its owner, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        await watching.CancelAsync();
        await watch;
        watching.Dispose();
        if (ownership is null)
            return;
        // INT is PostgreSQL's fast shutdown: open transactions are rolled back, all else is written down.
        if (Postmaster.IsOf(folders.Cluster, ProcessId))
            await ChildProgram.SignalAsync("INT", ProcessId, CancellationToken.None);
        if (await IsGoneAsync(ProcessId, StopMax))
            folders.RemoveShortSocketFolder();
        ownership.Dispose();
    }

    /// <summary>Lets go of everything and stops nothing, as a server that is killed does. For tests.</summary>
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
        // One that is started again keeps its place, since a pool of connections goes by it.
        var known = postmaster.SocketFolder;
        var socket = known.Length > 0 ? known : await folders.MakeSocketFolderAsync(account, token);
        // As with the postmaster's own file: the number in it may be a zombie's or another program's by now.
        File.Delete(Path.Combine(socket, ClusterFolders.SocketLockFile));
        postmaster = await WaitUntilReadyAsync(Spawn(programs, account, socket), token);
    }

    // The server goes on without its database as well as it can (it answers 503), and that until it is back.
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
                        $"PostgreSQL (process {ProcessId}) has ended; it is started again. See {folders.Log}."
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
                // A full disk, for example: it is tried until there is room, and said more seldom each time.
                options.Warn(exception.Message);
                pause = pause * 2 < RoundMax ? pause * 2 : RoundMax;
            }
        }
    }

    // Children of a killed postmaster hold its shared memory, and PostgreSQL rightly refuses to start beside them.
    // They end by themselves when they notice, but one in the middle of a long query notices late.
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
                throw new OperatingException($"A process of a crashed PostgreSQL does not end: {orphan}. End it.");
        }
        // Its number may be another program's by now, and PostgreSQL would take that one for its postmaster.
        File.Delete(pidFile);
    }

    private int Spawn(PostgresPrograms programs, PostgresAccount? account, string socketFolder)
    {
        // Without fsync a commit is safe from a crash of PostgreSQL, not from one of the machine.
        var durable = options.IsDurable ? "on" : "off";
        string[] postgres =
        [
            programs.Postgres,
            "-D",
            folders.Cluster,
            // What must hold whatever the configuration file says, which is the operator's to tune.
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
        // A session of its own, so that Ctrl-C in the terminal reaches the server only, which then stops PostgreSQL.
        // Each program replaces the one before: the process started here becomes the postmaster.
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
                options.Report("PostgreSQL is recovering what the last run left");
                isReported = true;
            }
            // Not an age: PostgreSQL is ready some 50 ms after its start, and a person waits for it. There is no limit,
            // since a recovery takes what it takes, and to kill it would not make it shorter.
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

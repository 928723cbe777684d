using System.Text;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// The folders of a private cluster. They are in the data directory, with two exceptions: the path of a socket has a
/// length limit, and PostgreSQL's user may not be able to enter root's folders. The data directory has a note of each
/// folder that is elsewhere, so the next start finds it.
/// </summary>
internal sealed class ClusterFolders
{
    private const string ElsewhereForRoot = "/var/lib/paydown";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // sockaddr_un has 108 bytes with the final zero.
    private const int SocketPathBytesMax = 107;

    /// <summary>PostgreSQL's lock file beside its socket.</summary>
    public const string SocketLockFile = ".s.PGSQL.5432.lock";

    private readonly string clusterNote;
    private readonly string socketNote;

    /// <exception cref="OperatingException">The data directory cannot be created.</exception>
    public ClusterFolders(string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(dataFolder, OwnerOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatingException(
                $"Cannot create the data directory {dataFolder}: {exception.Message} Name another with --data.",
                exception
            );
        }
        Root = RealPath(Path.GetFullPath(dataFolder));
        clusterNote = Path.Combine(Root, "cluster-is-in");
        socketNote = Path.Combine(Root, "socket-is-in");
        Cluster = ReadNote(clusterNote) ?? Path.Combine(Root, "postgres");
    }

    /// <summary>The data directory, with symbolic links resolved.</summary>
    public string Root { get; }

    /// <summary>PostgreSQL's data directory.</summary>
    public string Cluster { get; private set; }

    /// <summary>PostgreSQL's log file.</summary>
    public string Log => Path.Combine(Root, "postgres.log");

    /// <summary>Removes the socket folder if it is outside the data directory. The cluster must have stopped.</summary>
    public void RemoveShortSocketFolder()
    {
        if (ReadNote(socketNote) is not { } folder)
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        File.Delete(socketNote);
    }

    /// <summary>The major version of the cluster; null if there is no cluster yet.</summary>
    public int? ClusterVersion
    {
        get
        {
            var file = Path.Combine(Cluster, "PG_VERSION");
            return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim()) : null;
        }
    }

    /// <summary>Chooses a folder for a new cluster that the account can reach.</summary>
    public async Task PlaceClusterAsync(PostgresAccount? account, CancellationToken token)
    {
        if (account is null)
            return;
        await LetThroughAsync(account, token);
        if (await account.CanEnterAsync(Root, token))
            return;

        // Only root can enter the folder, as is usual for /root, so the cluster must be elsewhere.
        Directory.CreateDirectory(ElsewhereForRoot);
        if (!await account.CanEnterAsync(ElsewhereForRoot, token))
            throw new OperatingException(
                $"PostgreSQL runs as an ordinary user, who can enter neither {Root} nor {ElsewhereForRoot}. "
                    + "Name a folder that all users can enter with --data."
            );
        var place = Path.Combine(ElsewhereForRoot, Path.GetRandomFileName()[..8]);
        Directory.CreateDirectory(place);
        Cluster = Path.Combine(place, "postgres");
        await File.WriteAllTextAsync(clusterNote, Cluster, token);
    }

    /// <summary>The folder of the Unix socket, which only PostgreSQL's user and root can enter.</summary>
    public async Task<string> MakeSocketFolderAsync(PostgresAccount? account, CancellationToken token)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Cluster)!, "socket");
        if (IsTooLong(folder))
        {
            // A new one for each start, because after a reboot the old path under /tmp may belong to anyone.
            folder = ShortFolder(account);
            await File.WriteAllTextAsync(socketNote, folder, token);
        }
        if (Directory.Exists(folder))
            return folder;

        Directory.CreateDirectory(folder, OwnerOnly);
        if (account is not null)
            await account.GiveAsync(folder, token);
        return folder;
    }

    // The data directory lets PostgreSQL's user pass through to the cluster, but not list the directory.
    private async Task LetThroughAsync(PostgresAccount account, CancellationToken token)
    {
        if (await account.CanEnterAsync(Root, token))
            return;
        File.SetUnixFileMode(Root, File.GetUnixFileMode(Root) | UnixFileMode.OtherExecute);
    }

    // A comma separates hosts in a connection string and folders in a PostgreSQL setting.
    private static bool IsTooLong(string folder) =>
        Encoding.UTF8.GetByteCount($"{folder}/{SocketLockFile}") > SocketPathBytesMax
        || folder.AsSpan().ContainsAny(",\"\\");

    private static string ShortFolder(PostgresAccount? account)
    {
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var isUsable = account is null && Directory.Exists(runtime) && !IsTooLong($"{runtime}/paydown-12345678");
        return Path.Combine(isUsable ? runtime! : "/tmp", $"paydown-{Path.GetRandomFileName()[..8]}");
    }

    private static string? ReadNote(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    private static string RealPath(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        var here = Path.Combine(RealPath(parent), Path.GetFileName(path));
        var target = Directory.ResolveLinkTarget(here, returnFinalTarget: true);
        return target is null ? here : RealPath(target.FullName);
    }
}

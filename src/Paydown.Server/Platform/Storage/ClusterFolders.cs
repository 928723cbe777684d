using System.Text;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Where the parts of a private cluster are. All of it stands in the data directory, save where that cannot be: a
/// socket's path has a limit, and PostgreSQL's user may not get into root's folders. What stands elsewhere is noted
/// in the data directory, so that the next start finds it again.
/// </summary>
internal sealed class ClusterFolders
{
    private const string ElsewhereForRoot = "/var/lib/paydown";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // sockaddr_un has 108 bytes, the last of them a zero.
    private const int SocketPathBytesMax = 107;

    /// <summary>PostgreSQL's note beside its socket of who listens there.</summary>
    public const string SocketLockFile = ".s.PGSQL.5432.lock";

    private readonly string clusterNote;
    private readonly string socketNote;

    /// <exception cref="OperatingException">The data directory cannot be made.</exception>
    public ClusterFolders(string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(dataFolder, OwnerOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatingException(
                $"The data directory {dataFolder} cannot be made: {exception.Message} Name another with --data.",
                exception
            );
        }
        Root = RealPath(Path.GetFullPath(dataFolder));
        clusterNote = Path.Combine(Root, "cluster-is-in");
        socketNote = Path.Combine(Root, "socket-is-in");
        Cluster = ReadNote(clusterNote) ?? Path.Combine(Root, "postgres");
    }

    /// <summary>The data directory, free of symbolic links.</summary>
    public string Root { get; }

    /// <summary>PostgreSQL's own data directory.</summary>
    public string Cluster { get; private set; }

    /// <summary>What PostgreSQL has to say.</summary>
    public string Log => Path.Combine(Root, "postgres.log");

    /// <summary>Removes a socket folder that stands under a short name outside; the cluster has stopped.</summary>
    public void RemoveShortSocketFolder()
    {
        if (ReadNote(socketNote) is not { } folder)
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        File.Delete(socketNote);
    }

    /// <summary>The major version of the cluster, or null where there is none yet.</summary>
    public int? ClusterVersion
    {
        get
        {
            var file = Path.Combine(Cluster, "PG_VERSION");
            return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim()) : null;
        }
    }

    /// <summary>Makes sure that the cluster will stand where the account can reach it, before it is made.</summary>
    public async Task PlaceClusterAsync(PostgresAccount? account, CancellationToken token)
    {
        if (account is null)
            return;
        await LetThroughAsync(account, token);
        if (await account.CanEnterAsync(Root, token))
            return;

        // A folder of root's own, as /root mostly is: the cluster cannot stand in it.
        Directory.CreateDirectory(ElsewhereForRoot);
        if (!await account.CanEnterAsync(ElsewhereForRoot, token))
            throw new OperatingException(
                $"PostgreSQL runs as an ordinary user, who can get neither into {Root} nor into {ElsewhereForRoot}. "
                    + "Name a folder that everybody may enter with --data."
            );
        var place = Path.Combine(ElsewhereForRoot, Path.GetRandomFileName()[..8]);
        Directory.CreateDirectory(place);
        Cluster = Path.Combine(place, "postgres");
        await File.WriteAllTextAsync(clusterNote, Cluster, token);
    }

    /// <summary>The folder of the Unix socket, which only PostgreSQL's user (and root) can enter.</summary>
    public async Task<string> MakeSocketFolderAsync(PostgresAccount? account, CancellationToken token)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Cluster)!, "socket");
        if (IsTooLong(folder))
        {
            // A new one for each start: what stood under /tmp before a reboot may be anybody's now.
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

    // Our own data directory lets PostgreSQL's user pass through to the cluster: it may enter, not look around.
    private async Task LetThroughAsync(PostgresAccount account, CancellationToken token)
    {
        if (await account.CanEnterAsync(Root, token))
            return;
        File.SetUnixFileMode(Root, File.GetUnixFileMode(Root) | UnixFileMode.OtherExecute);
    }

    // A comma separates hosts in a connection string and folders in PostgreSQL's setting.
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

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// The running parent process of a cluster, as its <c>postmaster.pid</c> tells. The file alone proves nothing: it
/// outlives a killed process, and the number may have gone to another one. A process counts only while its working
/// directory is the cluster, which is true of every PostgreSQL process and of no other.
/// </summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="SocketFolder">Where its Unix socket is.</param>
/// <param name="State">What it says of itself: <c>starting</c>, <c>ready</c>, <c>stopping</c>.</param>
internal sealed record Postmaster(int ProcessId, string SocketFolder, string State)
{
    private const string FileName = "postmaster.pid";

    // The lines of the file, by PostgreSQL's src/include/utils/pidfile.h.
    private const int ProcessLine = 0;
    private const int SocketLine = 4;
    private const int StateLine = 7;

    /// <summary>True once it answers.</summary>
    public bool IsReady => State == "ready";

    /// <summary>The living postmaster of a cluster; null where there is none, or it has not said all yet.</summary>
    public static Postmaster? Find(string clusterFolder)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(clusterFolder, FileName));
        }
        catch (IOException)
        {
            return null;
        }
        if (lines.Length <= StateLine || !int.TryParse(lines[ProcessLine], out var processId))
            return null;
        return IsOf(clusterFolder, processId)
            ? new Postmaster(processId, lines[SocketLine], lines[StateLine].Trim())
            : null;
    }

    /// <summary>All living processes of a cluster: the postmaster and its children, orphans included.</summary>
    public static IReadOnlyList<int> ProcessesOf(string clusterFolder) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
                .Where(id => id > 0 && IsOf(clusterFolder, id)),
        ];

    /// <summary>Whether a process is one of the cluster's.</summary>
    public static bool IsOf(string clusterFolder, int processId)
    {
        try
        {
            return FolderOf(processId) == clusterFolder
                && File.ReadAllText($"/proc/{processId}/comm").StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether a process lives, whatever it is.</summary>
    public static bool IsAlive(int processId) => FolderOf(processId) is not null;

    // A zombie, which nobody may ever collect inside a container, has no working directory any more.
    private static string? FolderOf(int processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId}/cwd").LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

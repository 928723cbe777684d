namespace Paydown.Server.Platform.Storage;

/// <summary>
/// The running parent process of a cluster, according to its <c>postmaster.pid</c>. The file alone proves nothing: it
/// outlives a killed process, and the process id may be reused. A process counts only if its working directory is the
/// cluster, which is true of PostgreSQL processes and no others.
/// </summary>
/// <param name="ProcessId">The process id.</param>
/// <param name="SocketFolder">The folder of its Unix socket.</param>
/// <param name="State">The state in the file: <c>starting</c>, <c>ready</c> or <c>stopping</c>.</param>
internal sealed record Postmaster(int ProcessId, string SocketFolder, string State)
{
    private const string FileName = "postmaster.pid";

    // The lines of the file, from PostgreSQL's src/include/utils/pidfile.h.
    private const int ProcessLine = 0;
    private const int SocketLine = 4;
    private const int StateLine = 7;

    /// <summary>True once it accepts connections.</summary>
    public bool IsReady => State == "ready";

    /// <summary>Returns the running postmaster; null if there is none or its file is incomplete.</summary>
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

    /// <summary>Returns all running processes of a cluster: the postmaster and its children, with orphans.</summary>
    public static IReadOnlyList<int> ProcessesOf(string clusterFolder) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
                .Where(id => id > 0 && IsOf(clusterFolder, id)),
        ];

    /// <summary>True if a process belongs to the cluster.</summary>
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

    /// <summary>True if a process with this id runs.</summary>
    public static bool IsAlive(int processId) => FolderOf(processId) is not null;

    // A zombie, which may stay forever in a container, has no working directory.
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

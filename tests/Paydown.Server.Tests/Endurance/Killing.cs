using System.Diagnostics;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Tests.Endurance;

/// <summary>The processes to kill.</summary>
internal enum Victim
{
    /// <summary>The server. Its database keeps running.</summary>
    Server,

    /// <summary>The parent of all PostgreSQL processes. Its children notice after some time.</summary>
    Postmaster,

    /// <summary>A random child of PostgreSQL. PostgreSQL ends all others and recovers.</summary>
    Backend,

    /// <summary>The server and the parent of PostgreSQL.</summary>
    ServerAndPostmaster,

    /// <summary>The server and every process of PostgreSQL, as if the machine stopped.</summary>
    All,
}

/// <summary>Ends the processes of one scratch folder with SIGKILL, each by its id.</summary>
internal static class Killing
{
    public static bool HitsServer(Victim victim) => victim is Victim.Server or Victim.ServerAndPostmaster or Victim.All;

    /// <summary>Kills the processes. If only the database was hit, it returns once their children have ended.</summary>
    public static async Task KillAsync(Victim victim, ServerProcess server, string cluster, Random random)
    {
        var postmaster = Postmaster.Find(cluster)?.ProcessId;
        var children = Postmaster.ProcessesOf(cluster).Where(id => id != postmaster).Order().ToArray();
        if (HitsServer(victim))
            await server.KillAsync();
        if (victim is Victim.Postmaster or Victim.ServerAndPostmaster or Victim.All && postmaster is { } parent)
            Kill(parent);
        if (victim == Victim.Backend && children.Length > 0)
            Kill(children[random.Next(children.Length)]);
        if (victim == Victim.All)
            foreach (var child in children)
                Kill(child);
        // A surviving server may look ready until the orphans have ended. If the server is killed, the next one ends
        // them.
        if (victim is Victim.Postmaster or Victim.Backend)
            await Wait.UntilAsync(() => !children.Any(id => Postmaster.IsOf(cluster, id)));
    }

    private static void Kill(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has already ended.
        }
    }
}

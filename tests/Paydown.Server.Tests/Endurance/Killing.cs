using System.Diagnostics;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Tests.Endurance;

/// <summary>What is killed.</summary>
internal enum Victim
{
    /// <summary>The server; its database goes on alone.</summary>
    Server,

    /// <summary>The parent of all PostgreSQL processes; its children notice sooner or later.</summary>
    Postmaster,

    /// <summary>One child of PostgreSQL, whichever: PostgreSQL ends all others and recovers.</summary>
    Backend,

    /// <summary>The server and the parent of PostgreSQL.</summary>
    ServerAndPostmaster,

    /// <summary>The server and every process of PostgreSQL, as when the machine stops.</summary>
    All,
}

/// <summary>Ends processes where they stand (SIGKILL): those of one scratch folder, each by its number.</summary>
internal static class Killing
{
    public static bool HitsServer(Victim victim) => victim is Victim.Server or Victim.ServerAndPostmaster or Victim.All;

    /// <summary>Kills; returns once the database has noticed, if it was hit.</summary>
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
        // A server that lives on may look well until the orphans have ended; one that dies leaves them to the next.
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

using System.Diagnostics;
using Paydown.Server.Platform.Storage;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// The real server on its own durable database, under load. It is killed again and again; the seed decides when and
/// how. After each restart everything is checked.
/// </summary>
internal sealed class CrashLoop : IAsyncDisposable
{
    private const int BorrowerCount = 48;
    private const int ClientCount = 16;
    private const int WritesBetweenMax = 160;
    private static readonly Victim[] Victims = Enum.GetValues<Victim>();

    private readonly ScratchFolder folder = new();
    private readonly int port = ServerProcess.FreePort();
    private readonly Random random;
    private readonly List<TimeSpan> restarts = [];
    private readonly int[] kills = new int[Victims.Length];
    private ServerProcess server = null!;
    private Lender lender = null!;
    private ClientWrites writes = null!;
    private WriteCheck check = null!;
    private int unconfirmed;
    private int undone;

    private CrashLoop(int seed) => random = new Random(seed);

    private string Cluster => Path.Combine(folder.Path, "data", "postgres");

    /// <summary>A summary of the run, in one line.</summary>
    public string Figures =>
        $"{kills.Sum()} kills ({string.Join(", ", Victims.Select(victim => $"{victim} {kills[(int)victim]}"))}); "
        + $"{writes.Done} writes acknowledged, "
        + $"{writes.All.Count(write => write is { IsReport: false, IsDone: true })} of them verifications; "
        + $"left open by a kill: {unconfirmed} done but unconfirmed, {undone} not done; 0 lost, 0 twice, 0 incomplete; "
        + $"ready again after {Median(restarts).TotalMilliseconds:0} ms (median), "
        + $"{restarts.DefaultIfEmpty().Max().TotalMilliseconds:0} ms (most)";

    /// <summary>The last lines that the server wrote.</summary>
    public string LastSaid => string.Join('\n', server.Said.Split('\n').TakeLast(12));

    /// <summary>Starts the server, which creates its database, and adds the lender.</summary>
    public static async Task<CrashLoop> StartAsync(int seed)
    {
        var loop = new CrashLoop(seed);
        try
        {
            loop.server = await loop.StartServerAsync();
            var options = new LocalPostgresOptions(loop.DataFolder);
            await using var joined = await LocalPostgres.JoinAsync(options, CancellationToken.None);
            loop.lender = await Lender.AddAsync(loop.server.Address, joined.ConnectionString, BorrowerCount);
            loop.writes = new ClientWrites(loop.lender, loop.random);
            loop.check = new WriteCheck(joined.ConnectionString, loop.lender, loop.writes);
            return loop;
        }
        catch
        {
            await loop.DisposeAsync();
            throw;
        }
    }

    private string DataFolder => Path.Combine(folder.Path, "data");

    /// <summary>Runs load, kills something in the middle of it, restarts, and checks everything.</summary>
    public async Task RoundAsync()
    {
        var since = TimeProvider.System.GetUtcNow().AddSeconds(-30);
        var victim = Victims[random.Next(Victims.Length)];
        var goesOn = random.Next(3) == 0;
        using var clients = new Clients(lender, writes, server.Address);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(ClientCount, stop.Token);
        await UntilDoneAsync(random.Next(1, WritesBetweenMax));
        await Task.Delay(TimeSpan.FromMicroseconds(random.Next(5_000)), CancellationToken.None);

        var clock = Stopwatch.StartNew();
        await Killing.KillAsync(victim, server, Cluster, random);
        kills[(int)victim]++;
        // In one of three rounds the clients continue during the outage. In the others they retry after the restart.
        if (!goesOn)
            await stop.CancelAsync();
        await RestartAsync(victim);
        restarts.Add(clock.Elapsed);
        if (goesOn)
        {
            await UntilDoneAsync(random.Next(1, WritesBetweenMax));
            await stop.CancelAsync();
        }

        await load;
        await SettleAsync(clients, since);
    }

    /// <summary>Checks the whole history at the end.</summary>
    public async Task CloseAsync()
    {
        writes.Open.ShouldBeEmpty();
        await check.CheckAsync(DateTimeOffset.UnixEpoch);
        await check.AuditAsync();
    }

    public async ValueTask DisposeAsync()
    {
        server?.Dispose();
        await folder.DisposeAsync();
    }

    private Task<ServerProcess> StartServerAsync() => ServerProcess.StartReadyAsync(folder, port, "--data", DataFolder);

    private async Task RestartAsync(Victim victim)
    {
        if (!Killing.HitsServer(victim))
        {
            await server.UntilReadyAsync();
            return;
        }

        var next = await StartServerAsync();
        server.Dispose();
        server = next;
    }

    private async Task SettleAsync(Clients clients, DateTimeOffset since)
    {
        var there = await check.CheckAsync(since);
        var open = writes.Open.ToList();
        await clients.FinishAsync();
        foreach (var write in open.Where(write => write.IsReport))
        {
            var wasThere = there.TryGetValue(write.Key, out var id);
            // A report that was not there may have been committed after the check and before its retry.
            if (wasThere)
                write.WasReplayed.ShouldBeTrue($"{write.Key} was there and was done again.");
            if (wasThere)
                write.Id.ShouldBe(id);
            if (write.WasReplayed)
                unconfirmed++;
            else
                undone++;
        }

        await check.CheckAsync(since);
        await check.AuditAsync();
    }

    private Task UntilDoneAsync(int more) =>
        writes.UntilDoneAsync(more, () => $"The clients get no responses.\n{server.Said}");

    private static TimeSpan Median(IEnumerable<TimeSpan> spans)
    {
        var ordered = spans.Order().ToList();
        return ordered.ElementAtOrDefault(ordered.Count / 2);
    }
}

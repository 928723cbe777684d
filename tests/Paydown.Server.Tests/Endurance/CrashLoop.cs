using System.Diagnostics;
using Paydown.Server.Platform.Storage;
using Shouldly;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// The real server on a durable database of its own, under load, killed again and again at moments and in ways that
/// the seed decides; after each restart everything is reckoned up.
/// </summary>
internal sealed class CrashLoop : IAsyncDisposable
{
    private const int BorrowerCount = 48;
    private const int ClientCount = 16;
    private const int DeedsBetweenMax = 160;
    private static readonly Victim[] Victims = Enum.GetValues<Victim>();

    private readonly ScratchFolder folder = new();
    private readonly int port = ServerProcess.FreePort();
    private readonly Random random;
    private readonly List<TimeSpan> restarts = [];
    private readonly int[] kills = new int[Victims.Length];
    private ServerProcess server = null!;
    private Lender lender = null!;
    private Deeds deeds = null!;
    private Reckoning reckoning = null!;
    private int unheard;
    private int undone;

    private CrashLoop(int seed) => random = new Random(seed);

    private string Cluster => Path.Combine(folder.Path, "data", "postgres");

    /// <summary>What has happened, in one line.</summary>
    public string Figures =>
        $"{kills.Sum()} kills ({string.Join(", ", Victims.Select(victim => $"{victim} {kills[(int)victim]}"))}); "
        + $"{deeds.Done} deeds acknowledged, "
        + $"{deeds.All.Count(deed => deed is { IsReport: false, IsDone: true })} of them verifications; "
        + $"left open by a kill: {unheard} done unheard, {undone} not done; 0 lost, 0 double, 0 halves; "
        + $"ready again after {Median(restarts).TotalMilliseconds:0} ms (median), "
        + $"{restarts.DefaultIfEmpty().Max().TotalMilliseconds:0} ms (most)";

    /// <summary>The end of what the server wrote.</summary>
    public string LastSaid => string.Join('\n', server.Said.Split('\n').TakeLast(12));

    /// <summary>Starts the server, which makes its database, and puts the lender in it.</summary>
    public static async Task<CrashLoop> StartAsync(int seed)
    {
        var loop = new CrashLoop(seed);
        try
        {
            loop.server = await loop.StartServerAsync();
            var options = new LocalPostgresOptions(loop.DataFolder);
            await using var joined = await LocalPostgres.JoinAsync(options, CancellationToken.None);
            loop.lender = await Lender.AddAsync(loop.server.Address, joined.ConnectionString, BorrowerCount);
            loop.deeds = new Deeds(loop.lender, loop.random);
            loop.reckoning = new Reckoning(joined.ConnectionString, loop.lender, loop.deeds);
            return loop;
        }
        catch
        {
            await loop.DisposeAsync();
            throw;
        }
    }

    private string DataFolder => Path.Combine(folder.Path, "data");

    /// <summary>Load, a kill in the middle of it, the restart, the reckoning.</summary>
    public async Task RoundAsync()
    {
        var since = TimeProvider.System.GetUtcNow().AddSeconds(-30);
        var victim = Victims[random.Next(Victims.Length)];
        var goesOn = random.Next(3) == 0;
        using var clients = new Clients(lender, deeds, server.Address);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(ClientCount, stop.Token);
        await UntilDoneAsync(random.Next(1, DeedsBetweenMax));
        await Task.Delay(TimeSpan.FromMicroseconds(random.Next(5_000)), CancellationToken.None);

        var clock = Stopwatch.StartNew();
        await Killing.KillAsync(victim, server, Cluster, random);
        kills[(int)victim]++;
        // One time in three the clients go on through it all, the other times they find out afterwards.
        if (!goesOn)
            await stop.CancelAsync();
        await RestartAsync(victim);
        restarts.Add(clock.Elapsed);
        if (goesOn)
        {
            await UntilDoneAsync(random.Next(1, DeedsBetweenMax));
            await stop.CancelAsync();
        }

        await load;
        await SettleAsync(clients, since);
    }

    /// <summary>The whole history at the end, from its beginning.</summary>
    public async Task CloseAsync()
    {
        deeds.Open.ShouldBeEmpty();
        await reckoning.CheckAsync(DateTimeOffset.UnixEpoch);
        await reckoning.AuditAsync();
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
        var there = await reckoning.CheckAsync(since);
        var open = deeds.Open.ToList();
        await clients.FinishAsync();
        foreach (var deed in open.Where(deed => deed.IsReport))
        {
            var wasThere = there.TryGetValue(deed.Key, out var id);
            // One that was not there may have been in the database's hands still, and come before its retry.
            if (wasThere)
                deed.WasReplayed.ShouldBeTrue($"{deed.Key} was there and is done again.");
            if (wasThere)
                deed.Id.ShouldBe(id);
            if (deed.WasReplayed)
                unheard++;
            else
                undone++;
        }

        await reckoning.CheckAsync(since);
        await reckoning.AuditAsync();
    }

    private Task UntilDoneAsync(int more) =>
        deeds.UntilDoneAsync(more, () => $"The clients get no responses.\n{server.Said}");

    private static TimeSpan Median(IEnumerable<TimeSpan> spans)
    {
        var ordered = spans.Order().ToList();
        return ordered.ElementAtOrDefault(ordered.Count / 2);
    }
}

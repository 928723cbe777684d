using System.Net;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Two servers on one database behind a plain TCP proxy, one of them killed and started again at random: clients that
/// retry with their keys see every repayment exactly once.
/// </summary>
public sealed class ProxyTests(TestCluster cluster)
{
    private const int KillsShort = 3;
    private const int KillsLong = 100;
    private const int SeedShort = 52;
    private const int ClientCount = 16;
    private const int DeedsBetweenMax = 200;

    [Fact]
    public async Task Clients_of_two_servers_see_each_repayment_once_although_one_is_killed_again_and_again()
    {
        var seed = LongRun.Seed(SeedShort);
        var count = LongRun.Count(KillsShort, KillsLong);
        var random = new Random(seed);
        await using var folder = new ScratchFolder();
        var connectionString = await cluster.CreateDatabaseAsync();
        int[] ports = [ServerProcess.FreePort(), ServerProcess.FreePort()];
        var servers = await Task.WhenAll(ports.Select(port => StartAsync(folder, port, connectionString)));
        // The proxy knows nothing of health: it asks one at random, and the other where that one refuses.
        using var proxy = new TcpProxy(() => Shuffled(ports));
        var lender = await Lender.AddAsync(servers[0].Address, connectionString, 32);
        var deeds = new Deeds(lender, random);
        using var clients = new Clients(lender, deeds, new Uri($"http://127.0.0.1:{proxy.Port}"));
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(ClientCount, stop.Token);
        for (var kill = 0; kill < count; kill++)
        {
            await deeds.UntilDoneAsync(random.Next(1, DeedsBetweenMax));
            var victim = random.Next(servers.Length);
            await servers[victim].KillAsync();
            await deeds.UntilDoneAsync(random.Next(1, DeedsBetweenMax));
            var next = await StartAsync(folder, ports[victim], connectionString);
            servers[victim].Dispose();
            servers[victim] = next;
        }

        await stop.CancelAsync();
        await load;
        await clients.FinishAsync();
        var reckoning = new Reckoning(connectionString, lender, deeds);
        await reckoning.CheckAsync(DateTimeOffset.UnixEpoch);
        await reckoning.AuditAsync();
        foreach (var server in servers)
            server.Dispose();
        if (!LongRun.IsWanted)
            return;
        var replayed = deeds.All.Count(deed => deed.WasReplayed);
        Console.WriteLine(
            $"proxy, seed {seed}: {count} kills; {deeds.Done} deeds acknowledged, {replayed} by replay; 0 lost"
        );
    }

    private static Task<ServerProcess> StartAsync(ScratchFolder folder, int port, string connectionString) =>
        ServerProcess.StartReadyAsync(folder, port, "--database", connectionString);

    private static EndPoint[] Shuffled(int[] ports) =>
        [
            .. ports
                .OrderBy(_ => System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue))
                .Select(port => new IPEndPoint(IPAddress.Loopback, port)),
        ];
}

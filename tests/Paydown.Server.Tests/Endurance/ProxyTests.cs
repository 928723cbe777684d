using System.Net;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Two servers on one database behind a plain TCP proxy. A random one is killed and restarted again and again. Clients
/// that retry with their keys see every repayment exactly once.
/// </summary>
public sealed class ProxyTests(TestCluster cluster)
{
    private const int KillsShort = 3;
    private const int KillsLong = 100;
    private const int SeedShort = 52;
    private const int ClientCount = 16;
    private const int WritesBetweenMax = 200;

    [Fact]
    public async Task Clients_of_two_servers_see_each_repayment_once_although_servers_are_killed()
    {
        var seed = LongRun.Seed(SeedShort);
        var count = LongRun.Count(KillsShort, KillsLong);
        var random = new Random(seed);
        await using var folder = new ScratchFolder();
        var connectionString = await cluster.CreateDatabaseAsync();
        int[] ports = [ServerProcess.FreePort(), ServerProcess.FreePort()];
        var servers = await Task.WhenAll(ports.Select(port => StartAsync(folder, port, connectionString)));
        // The proxy makes no health checks: it tries a random server, and the other one if that refuses.
        using var proxy = new TcpProxy(() => Shuffled(ports));
        var lender = await Lender.AddAsync(servers[0].Address, connectionString, 32);
        var writes = new ClientWrites(lender, random);
        using var clients = new Clients(lender, writes, new Uri($"http://127.0.0.1:{proxy.Port}"));
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(ClientCount, stop.Token);
        for (var kill = 0; kill < count; kill++)
        {
            await writes.UntilDoneAsync(random.Next(1, WritesBetweenMax));
            var victim = random.Next(servers.Length);
            await servers[victim].KillAsync();
            await writes.UntilDoneAsync(random.Next(1, WritesBetweenMax));
            var next = await StartAsync(folder, ports[victim], connectionString);
            servers[victim].Dispose();
            servers[victim] = next;
        }

        await stop.CancelAsync();
        await load;
        await clients.FinishAsync();
        var check = new WriteCheck(connectionString, lender, writes);
        await check.CheckAsync(DateTimeOffset.UnixEpoch);
        await check.AuditAsync();
        foreach (var server in servers)
            server.Dispose();
        if (!LongRun.IsWanted)
            return;
        var replayed = writes.All.Count(write => write.WasReplayed);
        Console.WriteLine(
            $"proxy, seed {seed}: {count} kills; {writes.Done} writes acknowledged, {replayed} by replay; 0 lost"
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

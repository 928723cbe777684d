using System.Collections.Concurrent;
using System.Text.Json;
using Paydown.Server.Tests.Endurance;
using Paydown.Server.Webhooks;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Webhooks;

/// <summary>
/// Workers are killed again and again while they deliver to a receiver that refuses three events in ten at first. Every
/// event arrives, those of a loan in order, and each delivery is signed by a secret that is valid.
/// </summary>
public sealed class WorkerKillTests(TestCluster cluster)
{
    private const int EventsShort = 120;
    private const int EventsLong = 10_000;
    private const int EventsPerLoanShort = 3;
    private const int EventsPerLoanLong = 10;
    private const int WorkersShort = 2;
    private const int WorkersLong = 4;
    private const int KillsShort = 3;

    private readonly ConcurrentDictionary<string, bool> refused = [];

    [Fact]
    public async Task No_event_is_lost_and_none_is_out_of_order_whatever_is_killed()
    {
        var count = LongRun.Count(EventsShort, EventsLong);
        var perLoan = LongRun.IsWanted ? EventsPerLoanLong : EventsPerLoanShort;
        await using var server = await TestServer.StartAsync(cluster, options => options);
        // Workers run by the machine's clock.
        server.Clock.Advance(TimeProvider.System.GetUtcNow() - server.Clock.GetUtcNow());
        await using var receiver = await TestReceiver.StartAsync();
        receiver.Respond = one => IsRefused(one) ? 500 : 204;
        var body = new { url = receiver.Url, types = new[] { "repayment.recorded" } };
        var made = (await server.Lender.Manager.PostAsync("admin/webhooks", body)).ShouldSucceed();
        var webhook = made.GetProperty("webhook").GetProperty("id").GetGuid();
        var secret = made.GetProperty("secret").GetString()!;

        var workers = Enumerable
            .Range(0, LongRun.IsWanted ? WorkersLong : WorkersShort)
            .Select(_ => WorkerProcess.Start(server.ConnectionString))
            .ToList();
        try
        {
            var reporting = ReportAsync(server, count, perLoan);
            var kills = LongRun.IsWanted
                ? await KillOneEachSecondAsync(workers, server, receiver, count)
                : await KillAllAsync(workers, server, receiver, count);
            await reporting;
            var path = $"admin/webhooks/{webhook}/rotate-secret";
            var rotated = (await server.Lender.Manager.PostAsync(path, new { })).ShouldSucceed();
            var next = rotated.GetProperty("secret").GetString()!;
            await ReportAsync(server, perLoan, perLoan);
            await Wait.UntilAsync(() => IdsOf(receiver).Count() == count + perLoan, () => FiguresOf(receiver));
            receiver.All.Count.ShouldBeGreaterThan(count);
            foreach (var one in receiver.All.SkipLast(perLoan))
                one.Verified(TimeProvider.System, TimeSpan.FromDays(1), secret);
            foreach (var one in receiver.All.TakeLast(perLoan))
            {
                one.Verified(TimeProvider.System, TimeSpan.FromDays(1), secret);
                one.Verified(TimeProvider.System, TimeSpan.FromDays(1), next);
            }

            OrderOf(receiver).ShouldAllBe(numbers => numbers.SequenceEqual(numbers.Order()));
            if (LongRun.IsWanted)
                Console.WriteLine($"webhooks: {kills} kills, {FiguresOf(receiver)}");
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    // Each event that is refused is refused once, so that the test need not wait for the long pauses.
    private bool IsRefused(Received one) =>
        one.Id.GetHashCode(StringComparison.Ordinal) % 10 is 0 or 1 or -1 && refused.TryAdd(one.Id, true);

    private static async Task ReportAsync(TestServer server, int count, int perLoan)
    {
        for (var loan = 0; loan < count / perLoan; loan++)
        {
            var opened = await server.Lender.OpenLoanAsync(await server.Lender.AddCustomerAsync());
            for (var i = 1; i <= perLoan; i++)
                await server.Lender.ReportAsync(opened, i * 100, server.Today);
        }
    }

    // All die at the same moment; their leases are ended as a minute would do it.
    private static async Task<int> KillAllAsync(
        List<WorkerProcess> workers,
        TestServer server,
        TestReceiver receiver,
        int count
    )
    {
        for (var kill = 1; kill <= KillsShort; kill++)
        {
            var reached = count * kill / (KillsShort + 1);
            await Wait.UntilAsync(() => IdsOf(receiver).Count() >= reached, () => FiguresOf(receiver));
            foreach (var worker in workers)
                await worker.KillAsync();
            await server.BackDoor.ExecuteAsync(
                "update webhook_delivery set lease_until = null where state = 'PENDING'"
            );
            for (var i = 0; i < workers.Count; i++)
            {
                workers[i].Dispose();
                workers[i] = WorkerProcess.Start(server.ConnectionString);
            }
        }

        return KillsShort * workers.Count;
    }

    private static async Task<int> KillOneEachSecondAsync(
        List<WorkerProcess> workers,
        TestServer server,
        TestReceiver receiver,
        int count
    )
    {
        var kills = 0;
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (IdsOf(receiver).Count() < count && await second.WaitForNextTickAsync())
        {
            var victim = kills++ % workers.Count;
            await workers[victim].KillAsync();
            workers[victim].Dispose();
            workers[victim] = WorkerProcess.Start(server.ConnectionString);
        }

        return kills;
    }

    private static IEnumerable<string> IdsOf(TestReceiver receiver) => receiver.All.Select(one => one.Id).Distinct();

    private static string FiguresOf(TestReceiver receiver) =>
        $"{receiver.All.Count} requests, {IdsOf(receiver).Count()} events";

    // The numbers of each loan's events in the order in which they first arrived.
    private static IEnumerable<List<long>> OrderOf(TestReceiver receiver) =>
        receiver
            .All.DistinctBy(one => one.Id)
            .Select(one => JsonDocument.Parse(one.Body).RootElement.GetProperty("sequence"))
            .GroupBy(
                sequence => sequence.GetProperty("accountId").GetGuid(),
                sequence => sequence.GetProperty("number").GetInt64()
            )
            .Select(numbers => numbers.ToList());
}

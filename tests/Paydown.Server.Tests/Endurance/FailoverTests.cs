using System.Diagnostics;
using System.Globalization;
using System.Net;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// The primary is killed under load and the standby promoted, in both directions in turn. Servers go on without a
/// restart, and each confirmed write is on the new primary.
/// </summary>
public sealed class FailoverTests
{
    private const int FailoversShort = 2;
    private const int FailoversLong = 50;
    private const int ClientCount = 8;
    private const int WritesWanted = 40;
    private const string Path = "/api/v6/services/admin/approvals";

    [Fact]
    public async Task Nothing_confirmed_is_lost_however_often_the_primary_changes()
    {
        var count = LongRun.Count(FailoversShort, FailoversLong);
        await using var stage = await StandbyStage.StartAsync();
        await using var second = await stage.ServeBothAsync();
        using var secondClients = new Clients(stage.Lender, stage.Writes, new Uri(second.Urls.Single()));
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(
            stage.Clients.RunAsync(ClientCount, stop.Token),
            secondClients.RunAsync(ClientCount, stop.Token)
        );
        var away = new List<double>();
        for (var failover = 1; failover <= count; failover++)
        {
            // They wait for the standby that is promoted next.
            await stage.Writes.UntilDoneAsync(WritesWanted);
            await stage.KillAsync();
            await stage.PromoteAsync();
            var promoted = Stopwatch.GetTimestamp();
            await stage.Writes.UntilDoneAsync(1);
            away.Add(Stopwatch.GetElapsedTime(promoted).TotalSeconds);
            await stage.Writes.UntilDoneAsync(WritesWanted);
            await stage.ReturnAsync();
            Report($"failover {failover}: {stage.Writes.Done} acknowledged, {Seconds(away[^1])} s without writes");
        }

        await stop.CancelAsync();
        await load;
        await stage.Clients.FinishAsync();
        stage.Writes.Unexpected.ShouldBeEmpty();
        await ShouldSignOutEverywhereAsync(stage, new Uri(second.Urls.Single()));
        var check = new WriteCheck(stage.CurrentConnectionString, stage.Lender, stage.Writes);
        await check.CheckAsync(DateTimeOffset.MinValue);
        await check.AuditAsync();
        away.Sort();
        Report(
            $"{count} failovers: {stage.Writes.Done} acknowledged, 0 lost, 0 doubled; without writes after a promotion: "
                + $"median {Seconds(away[away.Count / 2])} s, longest {Seconds(away[^1])} s"
        );
    }

    private static async Task ShouldSignOutEverywhereAsync(StandbyStage stage, Uri second)
    {
        var cashier = stage.Lender.Cashier;
        using var http = new HttpClient { BaseAddress = second };
        (await ReadAsync()).ShouldBe(HttpStatusCode.OK);
        var revoked = Stopwatch.GetTimestamp();
        await stage.RevokeAsync(cashier.SessionId);
        await Wait.UntilAsync(async () => await ReadAsync() == HttpStatusCode.Unauthorized);
        Report(
            $"a sign-out counted on the other server after {Seconds(Stopwatch.GetElapsedTime(revoked).TotalSeconds)} s"
        );

        async Task<HttpStatusCode> ReadAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            foreach (var (name, value) in stage.Clients.HeadersOf(cashier, "read"))
                request.Headers.Add(name, value);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static void Report(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (LongRun.IsWanted)
            Console.WriteLine(line);
    }
}

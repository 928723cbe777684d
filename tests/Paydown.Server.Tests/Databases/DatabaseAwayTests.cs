using System.Net;
using Npgsql;
using Paydown.Server.Databases;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Databases;

public sealed class DatabaseAwayTests(TestCluster cluster)
{
    [Fact]
    public async Task A_database_that_is_away_stops_its_lenders_only()
    {
        await using var both = new TwoDatabases(cluster);
        await both.InitializeAsync();
        var (north, south) = (await Borrower.CreateAsync(both.North), await Borrower.CreateAsync(both.South));
        await using (await both.StopSouthAsync())
        {
            (await south.ReportAsync(100, "key-in-the-outage")).ShouldBeRefused(503, "SERVICE_UNAVAILABLE");
            (await both.South.OtherLender.Manager.GetAsync("admin/loans")).Status.ShouldBe(503);
            (await north.ReportAsync(100)).ShouldSucceed();
            (await both.LoginAsync($"{north.Customer.UserId}@test.example")).ShouldSucceed();
            (await AwayAsync(both)).ShouldBe(["south"]);
        }

        await Wait.UntilAsync(async () => (await AwayAsync(both)).Count == 0);
        (await south.ReportAsync(100, "key-in-the-outage")).ShouldSucceed();
    }

    [Fact]
    public async Task A_server_starts_while_a_database_is_away_and_serves_it_once_it_is_there()
    {
        var (north, south) = (await cluster.CreateDatabaseAsync(), await cluster.CreateDatabaseAsync());
        await using var earlier = new TwoDatabases(cluster);
        await earlier.StartAsync(north, south);
        await using var outage = await earlier.StopSouthAsync();
        await using var front = Front.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = "",
                Time = earlier.North.Clock,
            },
            [new NamedDatabase("north", north), new NamedDatabase("south", south)]
        );
        await front.StartAsync();
        var address = new Uri(front.Urls.Single());
        Task<Reply> ListAsync(TestServer server) =>
            TestUser.Holding(server.TokenOf(server.Lender.Manager.Caller), address).GetAsync("admin/loans");
        (await ListAsync(earlier.North)).Status.ShouldBe(200);
        (await ListAsync(earlier.South)).ShouldBeRefused(503, "SERVICE_UNAVAILABLE");

        await outage.DisposeAsync();
        await Wait.UntilAsync(async () => (await ListAsync(earlier.South)).Status == 200);
    }

    private static async Task<IReadOnlyList<string>> AwayAsync(TwoDatabases both)
    {
        var ready = await both.SendAsync(HttpMethod.Get, "/health/ready");
        return [.. ready.ShouldSucceed().GetProperty("away").EnumerateArray().Select(name => name.GetString()!)];
    }
}

using Paydown.Server.Commands;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A server at 70 % of the load that the machine can bear. Its resources do not grow; docs/testing.md states the
/// bounds.
/// </summary>
[Collection("Alone")]
public sealed class SoakTests(TestCluster cluster)
{
    private const int SecondsShort = 8;
    private const int SecondsLong = 600;
    private const double LoadShare = 0.7;
    private const int Borrowers = 200;

    // Compared with the first sample, which is taken after a fifth of the time.
    private const double ManagedGrowthMax = 1.25;
    private const long ManagedSlackBytes = 16 * 1_048_576;
    private const int HandlesSlack = 40;
    private const int ThreadsSlack = 16;
    private const double TableGrowthMax = 1.5;
    private const long TableSlackBytes = 8 * 1_048_576;
    private const long DeadRowsMax = 50_000;
    private const double RowGrowthMax = 1.1;

    [Fact]
    public async Task The_resources_of_a_server_do_not_grow_under_load()
    {
        var seconds = LongRun.IsWanted ? SecondsLong : SecondsShort;
        var connectionString = await cluster.CreateDatabaseAsync();
        await using var server = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = connectionString,
                Limits = TestServer.NoLimits,
            }
        );
        await server.StartAsync();
        await using var database = Database.Open(connectionString);
        var load = new SoakLoad(await Lender.AddAsync(new Uri(server.Urls.Single()), connectionString, Borrowers));

        var warmUp = TimeSpan.FromSeconds(seconds / 20.0);
        await load.RunAsync(warmUp, requestsPerSecond: null);
        var full = await load.RunAsync(warmUp, requestsPerSecond: null);
        await load.RunAsync(TimeSpan.FromSeconds(seconds * 0.2), full * LoadShare);
        var first = await SoakSample.TakeAsync(database);
        var reached = await load.RunAsync(TimeSpan.FromSeconds(seconds * 0.8), full * LoadShare);
        var last = await SoakSample.TakeAsync(database);
        Console.WriteLine(
            $"soak: {seconds} s, full load {full:N0}/s, run at {reached:N0}/s, {load.Sent:N0} requests\n"
                + $"  first {first}\n  last  {last}"
        );
        ShouldBeFlat(first, last);
        using var output = new StringWriter();
        (await Audit.RunAsync(database, output, json: false, default)).ShouldBe(0, output.ToString());
    }

    private static void ShouldBeFlat(SoakSample first, SoakSample last)
    {
        last.ManagedBytes.ShouldBeLessThan((long)(first.ManagedBytes * ManagedGrowthMax) + ManagedSlackBytes);
        last.Handles.ShouldBeLessThan(first.Handles + HandlesSlack);
        last.Threads.ShouldBeLessThan(first.Threads + ThreadsSlack);
        last.UpdatedTableBytes.ShouldBeLessThan((long)(first.UpdatedTableBytes * TableGrowthMax) + TableSlackBytes);
        last.DeadRows.ShouldBeLessThan(DeadRowsMax);
        last.BytesOfRepayment.ShouldBeLessThan(first.BytesOfRepayment * RowGrowthMax);
    }
}

/// <summary>Tests that measure the resources of the whole process run after all others, one by one.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;

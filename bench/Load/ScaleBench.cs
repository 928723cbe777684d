using System.Globalization;
using Paydown.Server.Commands;

namespace Paydown.Bench;

/// <summary>The two calls on portfolios of 10,000, 100,000 and 1,000,000 loans.</summary>
public static class ScaleBench
{
    private const int Clients = 32;
    private const int Records = 4;
    private const double MemoryMegabytesMax = 400;
    private const double LoansPerSecondMin = 20_000;

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        int[] sizes = stage.IsQuick ? [500, 1_000, 2_000] : [10_000, 100_000, 1_000_000];
        var results = new List<BenchCase> { await FillAsync(stage, sizes[^1]) };
        var sides = new List<(BenchDatabase Database, RepayLoad Load, WrkOrder List)>();
        try
        {
            foreach (var size in sizes)
                sides.Add(await PrepareAsync(stage, size));
            await MeasureAsync(stage, sizes, sides, results);
        }
        finally
        {
            foreach (var (database, load, _) in sides)
            {
                await load.DisposeAsync();
                await database.DisposeAsync();
            }
        }

        return results;
    }

    private static async Task<BenchCase> FillAsync(Stage stage, int loanCount)
    {
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        var rate = loanCount / stage.FillTime.TotalSeconds;
        return stage.IsQuick
            ? BenchCase.Shown("paydown demo --loans", Side.Of([rate], "loans/s"))
            : BenchCase.Reaching("paydown demo --loans", Side.Of([rate], "loans/s"), LoansPerSecondMin);
    }

    private static async Task<(BenchDatabase Database, RepayLoad Load, WrkOrder List)> PrepareAsync(
        Stage stage,
        int loanCount
    )
    {
        var database = await stage.CreateDatabaseAsync(loanCount);
        var customers = Orders.Spread(loanCount, Math.Min(loanCount, 100_000));
        await PendingRepayments.AddAsync(database, customers, Records, 1);
        var load = await RepayLoad.StartAsync(stage, database, loanCount);
        var file = load.Orders.OfCustomers(customers, WrkOrder.ThreadsFor(Clients));
        return (
            database,
            load,
            new WrkOrder("list", file, Clients, stage.Seconds) { Records = Records, Mark = "PENDING_VERIFICATION" }
        );
    }

    private static async Task MeasureAsync(
        Stage stage,
        int[] sizes,
        List<(BenchDatabase Database, RepayLoad Load, WrkOrder List)> sides,
        List<BenchCase> results
    )
    {
        // Lists come first: reports would make them longer.
        var lists = await Rounds.RunAsync(
            stage,
            async () =>
            {
                foreach (var side in sides)
                    await Wrk.RunAsync(stage, side.Load.Server, side.List with { Seconds = stage.WarmUpSeconds });
            },
            [
                .. sides.Select(side =>
                    (Func<Task<double>>)(async () => (await Wrk.RunAsync(stage, side.Load.Server, side.List)).Rate)
                ),
            ]
        );
        Add("list", "lists/s", lists);
        var reports = await Rounds.RunAsync(
            stage,
            async () =>
            {
                foreach (var side in sides)
                    await side.Load.RunAsync(Clients, stage.WarmUpSeconds);
            },
            [.. sides.Select(side => (Func<Task<double>>)(() => side.Load.RunAsync(Clients, stage.Seconds)))]
        );
        Add("repay", "repayments/s", reports);
        for (var i = 0; i < sizes.Length; i++)
        {
            await sides[i].Load.CheckAsync();
            results.Add(
                BenchCase.Within(
                    $"peak memory at {Text(sizes[i])} loans",
                    Side.Of([sides[i].Load.Server.MemoryPeakMegabytes], "MB"),
                    MemoryMegabytesMax
                )
            );
        }

        void Add(string call, string unit, double[][] figures)
        {
            for (var i = 1; i < sizes.Length; i++)
            {
                results.Add(
                    BenchCase.AtLeast(
                        $"{call} at {Text(sizes[i])} against {Text(sizes[0])}",
                        Side.Of(figures[i], unit),
                        Side.Of(figures[0], unit),
                        i == sizes.Length - 1 ? 0.8 : null
                    )
                );
            }
        }
    }

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

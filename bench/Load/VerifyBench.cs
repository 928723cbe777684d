namespace Paydown.Bench;

/// <summary>Verifications over HTTP, each with a replay of its loan, an allocation and ledger entries.</summary>
public static class VerifyBench
{
    private const string Unit = "verifications/s";
    private const int Clients = 32;

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        var loanCount = stage.IsQuick ? 2_000 : 50_000;
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        await using var bare = await stage.CreateDatabaseAsync(loanCount);
        await using var server = await database.StartPaydownAsync();
        var orders = await Orders.OpenAsync(stage, database);
        var customers = Orders.Spread(loanCount, loanCount);
        var (answered, added) = (0L, 0L);
        // Each round has its own repayments, one loan after another.
        async Task<double> VerifyAsync(int seconds)
        {
            var waiting = await PendingRepayments.AddForAsync(database, customers, seconds);
            added += waiting.Count;
            await stage.CheckpointAsync();
            var file = orders.OfCashiers(waiting, WrkOrder.ThreadsFor(Clients));
            var result = await Wrk.RunAsync(stage, server, new WrkOrder("verify", file, Clients, seconds));
            answered += result.Right;
            return result.Rate;
        }

        var figures = await Rounds.RunAsync(
            stage,
            async () =>
            {
                // A verification runs more code than a report, so its JIT warm-up takes twice as long.
                await VerifyAsync(2 * stage.WarmUpSeconds);
                await Pgbench.RunAsync(stage, bare, loanCount, Clients, 1);
            },
            () => VerifyAsync(stage.Seconds),
            () => Pgbench.RunAsync(stage, bare, loanCount, Clients, stage.Seconds)
        );
        var decisions = await database.CountAsync("repayment_decision");
        if (decisions != answered)
            throw new BenchException($"{answered} correct responses, but {decisions} decisions.");
        await database.AuditAsync();
        return
        [
            BenchCase.AtLeast(
                $"{Clients} clients",
                Side.Of(figures[0], Unit),
                Side.Of(figures[1], "repayments/s"),
                0.8
            ),
        ];
    }
}

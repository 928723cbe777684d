namespace Paydown.Bench;

/// <summary>Lists of 12 repayments over many customers: the rate, against other implementations.</summary>
public static class ListBench
{
    private const string Unit = "lists/s";
    private const int Clients = 64;
    private const int Records = 12;

    public static Task<IReadOnlyList<BenchCase>> BesideMemoryAsync(Stage stage) =>
        CompareAsync(
            stage,
            "against memory",
            0.33,
            database => database.StartPaydownAsync(),
            database => database.StartMemoryAsync(MemoryServer.Lists)
        );

    public static Task<IReadOnlyList<BenchCase>> BesideUsualAsync(Stage stage) =>
        CompareAsync(
            stage,
            "against the usual way",
            3.0,
            database => database.StartPaydownAsync(),
            database => database.StartUsualAsync()
        );

    public static Task<IReadOnlyList<BenchCase>> MeasuredAsync(Stage stage) =>
        CompareAsync(
            stage,
            "with metrics against without",
            0.97,
            database => database.StartMeasuredAsync(),
            database => database.StartPaydownAsync()
        );

    private static async Task<IReadOnlyList<BenchCase>> CompareAsync(
        Stage stage,
        string name,
        double wanted,
        Func<BenchDatabase, Task<ServerProcess>> startOurs,
        Func<BenchDatabase, Task<ServerProcess>> startOther
    )
    {
        var loanCount = stage.IsQuick ? 500 : 100_000;
        await using var database = await stage.CreateDatabaseAsync(loanCount, Records);
        await using var ours = await startOurs(database);
        await using var other = await startOther(database);
        var orders = await Orders.OpenAsync(stage, database);
        var order = new WrkOrder(
            "list",
            orders.OfCustomers(Orders.Spread(loanCount, loanCount), WrkOrder.ThreadsFor(Clients)),
            Clients,
            stage.Seconds
        )
        {
            Records = Records,
        };
        await CompareBytesAsync(ours, other, orders);
        var figures = await Rounds.RunAsync(
            stage,
            async () =>
            {
                await Wrk.RunAsync(stage, ours, order with { Seconds = stage.WarmUpSeconds });
                await Wrk.RunAsync(stage, other, order with { Seconds = stage.WarmUpSeconds });
            },
            async () => (await Wrk.RunAsync(stage, ours, order)).Rate,
            async () => (await Wrk.RunAsync(stage, other, order)).Rate
        );
        return
        [
            BenchCase.AtLeast(
                $"{Clients} clients, {name}",
                Side.Of(figures[0], Unit),
                Side.Of(figures[1], Unit),
                wanted
            ),
        ];
    }

    // Otherwise one side could win with a smaller response.
    private static async Task CompareBytesAsync(ServerProcess ours, ServerProcess other, Orders orders)
    {
        var (left, right) = (await Answers.ListAsync(ours, orders, 1), await Answers.ListAsync(other, orders, 1));
        if (!left.AsSpan().SequenceEqual(right))
            throw new BenchException($"The two sides return different lists:\n{Text(left)}\n{Text(right)}");
    }

    private static string Text(byte[] body) => System.Text.Encoding.UTF8.GetString(body)[..Math.Min(body.Length, 1500)];
}

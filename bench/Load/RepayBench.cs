namespace Paydown.Bench;

/// <summary>Repayments reported over HTTP: the rate, against other implementations.</summary>
public static class RepayBench
{
    private const string Unit = "repayments/s";
    private const int UsualClients = 32;
    private const int HotClients = 64;

    private static readonly (int Clients, double Wanted)[] Cases = [(1, 0.8), (8, 1.2), (32, 2.0), (128, 2.0)];

    public static async Task<IReadOnlyList<BenchCase>> BesideBareAsync(Stage stage)
    {
        var cases = Cases.Where(one => stage.Clients is null || stage.Clients == one.Clients);
        await using var database = await stage.CreateDatabaseAsync(LoanCount(stage));
        // In a separate database: after bare inserts, the books would fail the audit.
        await using var bare = await stage.CreateDatabaseAsync(LoanCount(stage));
        await using var load = await RepayLoad.StartAsync(stage, database, LoanCount(stage));
        await load.RunAsync(32, stage.WarmUpSeconds);
        var results = new List<BenchCase>();
        foreach (var (clients, wanted) in cases)
        {
            var figures = await Rounds.RunAsync(
                stage,
                async () =>
                {
                    await load.RunAsync(clients, 1);
                    await Pgbench.RunAsync(stage, bare, LoanCount(stage), clients, 1);
                },
                () => load.RunAsync(clients, stage.Seconds),
                () => Pgbench.RunAsync(stage, bare, LoanCount(stage), clients, stage.Seconds)
            );
            results.Add(
                BenchCase.AtLeast($"{clients} clients", Side.Of(figures[0], Unit), Side.Of(figures[1], Unit), wanted)
            );
        }

        await load.CheckAsync();
        return results;
    }

    public static async Task<IReadOnlyList<BenchCase>> BesideUsualAsync(Stage stage)
    {
        await using var database = await stage.CreateDatabaseAsync(LoanCount(stage));
        await using var load = await RepayLoad.StartAsync(stage, database, LoanCount(stage));
        await using var usual = await database.StartUsualAsync();
        var figures = await Rounds.RunAsync(
            stage,
            async () =>
            {
                await load.RunAsync(UsualClients, stage.WarmUpSeconds);
                await load.RunAsync(UsualClients, stage.WarmUpSeconds, usual);
            },
            () => load.RunAsync(UsualClients, stage.Seconds),
            () => load.RunAsync(UsualClients, stage.Seconds, usual)
        );
        await load.CheckAsync();
        return
        [
            BenchCase.AtLeast($"{UsualClients} clients", Side.Of(figures[0], Unit), Side.Of(figures[1], Unit), 5.0),
        ];
    }

    public static async Task<IReadOnlyList<BenchCase>> MeasuredAsync(Stage stage)
    {
        await using var database = await stage.CreateDatabaseAsync(LoanCount(stage));
        await using var load = await RepayLoad.StartAsync(stage, database, LoanCount(stage));
        await using var measured = await database.StartMeasuredAsync();
        var figures = await Rounds.RunAsync(
            stage,
            async () =>
            {
                await load.RunAsync(UsualClients, stage.WarmUpSeconds);
                await load.RunAsync(UsualClients, stage.WarmUpSeconds, measured);
            },
            () => load.RunAsync(UsualClients, stage.Seconds, measured),
            () => load.RunAsync(UsualClients, stage.Seconds)
        );
        await load.CheckAsync();
        return
        [
            BenchCase.AtLeast($"{UsualClients} clients", Side.Of(figures[0], Unit), Side.Of(figures[1], Unit), 0.97),
        ];
    }

    public static async Task<IReadOnlyList<BenchCase>> OnOneLoanAsync(Stage stage)
    {
        await using var database = await stage.CreateDatabaseAsync(LoanCount(stage));
        await using var load = await RepayLoad.StartAsync(stage, database, LoanCount(stage));
        var hot = load.Orders.OfOneCustomer(0, WrkOrder.ThreadsFor(HotClients));
        var figures = await Rounds.RunAsync(
            stage,
            async () =>
            {
                await load.RunAsync(HotClients, stage.WarmUpSeconds);
                await load.RunAsync(HotClients, 1, file: hot);
            },
            () => load.RunAsync(HotClients, stage.Seconds, file: hot),
            () => load.RunAsync(HotClients, stage.Seconds)
        );
        await load.CheckAsync();
        return
        [
            BenchCase.AtLeast(
                $"{HotClients} clients, one loan",
                Side.Of(figures[0], Unit),
                Side.Of(figures[1], Unit),
                0.25
            ),
        ];
    }

    private static int LoanCount(Stage stage) => stage.IsQuick ? 2_000 : 100_000;
}

/// <summary>A server under a load of reported repayments, with the count of its correct responses.</summary>
public sealed class RepayLoad : IAsyncDisposable
{
    private readonly Stage stage;
    private readonly BenchDatabase database;
    private readonly ServerProcess server;
    private readonly IReadOnlyList<int> numbers;
    private readonly Dictionary<int, string> files = [];
    private readonly IReadOnlyDictionary<string, long> rowsBefore;
    private long answered;

    private RepayLoad(
        Stage stage,
        BenchDatabase database,
        ServerProcess server,
        Orders orders,
        IReadOnlyList<int> numbers,
        IReadOnlyDictionary<string, long> rowsBefore
    )
    {
        (this.stage, this.database, this.server, this.numbers) = (stage, database, server, numbers);
        (Orders, this.rowsBefore) = (orders, rowsBefore);
    }

    public Orders Orders { get; }

    public ServerProcess Server => server;

    public static async Task<RepayLoad> StartAsync(
        Stage stage,
        BenchDatabase database,
        int loanCount,
        int customersMax = 100_000
    )
    {
        var started = await database.StartPaydownAsync();
        return new RepayLoad(
            stage,
            database,
            started,
            await Orders.OpenAsync(stage, database),
            Orders.Spread(loanCount, Math.Min(loanCount, customersMax)),
            await CountAsync(database)
        );
    }

    /// <returns>Correct responses per second.</returns>
    public async Task<double> RunAsync(int clients, int seconds, ServerProcess? other = null, string? file = null)
    {
        var threads = WrkOrder.ThreadsFor(clients);
        if (!files.TryGetValue(threads, out var distinct))
            files[threads] = distinct = Orders.OfCustomers(numbers, threads);
        var result = await Wrk.RunAsync(
            stage,
            other ?? server,
            new WrkOrder("repay", file ?? distinct, clients, seconds)
        );
        answered += result.Right;
        return result.Rate;
    }

    /// <summary>Throws if rows are missing or surplus, or if the audit finds a violation.</summary>
    public async Task CheckAsync()
    {
        foreach (var (table, count) in await CountAsync(database))
        {
            var rows = count - rowsBefore[table];
            if (rows != answered)
                throw new BenchException($"{answered} correct responses, but {rows} rows of {table}.");
        }

        await database.AuditAsync();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<IReadOnlyDictionary<string, long>> CountAsync(BenchDatabase database)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        counts["repayment"] = await database.CountAsync("repayment");
        foreach (
            var (ours, theirs) in ((string, string)[])
                [("idempotency_record", "usual_key"), ("outbox_event", "usual_event")]
        )
            counts[ours] = await database.CountAsync(ours) + await database.CountAsync(theirs);
        return counts;
    }
}

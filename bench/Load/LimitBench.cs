namespace Paydown.Bench;

/// <summary>
/// The upper limit of reports and verifications on this machine, however they get from HTTP to the database: each of
/// the two alone, and both together if no processor were ever idle. With one client nothing can overlap, so the two run
/// one after the other.
/// </summary>
public static class LimitBench
{
    private const int VerifyClients = 32;

    // For three quarters of its work, a group of verifications keeps only one processor busy, ours or PostgreSQL's. Two
    // groups must run to keep both busy, so each gets half of the clients.
    private const int VerifyGroupSize = VerifyClients / 2;

    // A group is at most as large as the number of clients, and smaller ones are not cheaper.
    private static readonly int[] ReportClients = [1, 8, 32, 128];

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage) =>
        [.. await ReportsAsync(stage), .. await VerificationsAsync(stage)];

    private static async Task<IReadOnlyList<BenchCase>> ReportsAsync(Stage stage)
    {
        var loanCount = stage.IsQuick ? 2_000 : 100_000;
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        await using var bare = await stage.CreateDatabaseAsync(loanCount);
        await using var memory = await database.StartMemoryAsync(MemoryServer.Reports);
        var orders = await Orders.OpenAsync(stage, database);
        var numbers = Orders.Spread(loanCount, loanCount);
        var files = new[] { 1, 2 }.ToDictionary(threads => threads, threads => orders.OfCustomers(numbers, threads));
        var results = new List<BenchCase>();
        foreach (var clients in ReportClients.Where(clients => IsAsked(stage, clients)))
        {
            var order = new WrkOrder("repay", files[WrkOrder.ThreadsFor(clients)], clients, stage.Seconds);
            var limit = new Limit(stage, "", "repayments/s", clients)
            {
                AskAsync = seconds => Wrk.RunAsync(stage, memory, order with { Seconds = seconds }),
                WriteAsync = seconds =>
                    Cost.MeasureAsync(
                        stage,
                        clients,
                        seconds,
                        () => BareReports.WriteAsync(database, loanCount, clients, seconds)
                    ),
                BareAsync = seconds => Pgbench.RunAsync(stage, bare, loanCount, clients, seconds),
            };
            results.AddRange(await limit.RunAsync());
        }

        return results;
    }

    private static async Task<IReadOnlyList<BenchCase>> VerificationsAsync(Stage stage)
    {
        if (!IsAsked(stage, VerifyClients))
            return [];
        // The same number of loans as in the benchmark `verify`.
        var loanCount = stage.IsQuick ? 2_000 : 50_000;
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        await using var bare = await stage.CreateDatabaseAsync(loanCount);
        var customers = Orders.Spread(loanCount, loanCount);
        // One repayment per loan; the in-memory server responds to them repeatedly.
        var answered = await PendingRepayments.AddAsync(database, customers, 1, PendingRepayments.VerifiedMinor);
        await using var memory = await database.StartMemoryAsync(MemoryServer.Verifications);
        var orders = await Orders.OpenAsync(stage, database);
        var file = orders.OfCashiers(answered, WrkOrder.ThreadsFor(VerifyClients));
        var order = new WrkOrder("verify", file, VerifyClients, stage.Seconds) { MayRepeat = true };
        var limit = new Limit(stage, "verify: ", "verifications/s", VerifyClients)
        {
            GroupSize = VerifyGroupSize,
            AskAsync = seconds => Wrk.RunAsync(stage, memory, order with { Seconds = seconds }),
            WriteAsync = seconds => VerifyAsync(stage, database, customers, seconds),
            BareAsync = seconds => Pgbench.RunAsync(stage, bare, loanCount, VerifyClients, seconds),
        };
        var results = await limit.RunAsync();
        await database.AuditAsync();
        return results;
    }

    // Each run has its own repayments, because none is verified twice.
    private static async Task<Cost> VerifyAsync(
        Stage stage,
        BenchDatabase database,
        IReadOnlyList<int> customers,
        int seconds
    )
    {
        var waiting = await PendingRepayments.AddForAsync(database, customers, seconds);
        await stage.CheckpointAsync();
        return await Cost.MeasureAsync(
            stage,
            VerifyGroupSize,
            seconds,
            () => BareVerifications.WriteAsync(database, waiting, VerifyGroupSize, seconds)
        );
    }

    private static bool IsAsked(Stage stage, int clients) => stage.Clients is null || stage.Clients == clients;
}

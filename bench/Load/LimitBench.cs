namespace Paydown.Bench;

/// <summary>
/// How fast reports could be at most on this machine, whatever hands them from HTTP to the database: each of the two
/// alone, and both together if no processor were ever idle. With one client nothing can overlap, so there it is one
/// after the other.
/// </summary>
public static class LimitBench
{
    private const string Unit = "repayments/s";

    // No group can be larger than there are clients, and no smaller one is cheaper.
    private static readonly int[] Cases = [1, 8, 32, 128];

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        var loanCount = stage.IsQuick ? 2_000 : 100_000;
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        await using var bare = await stage.CreateDatabaseAsync(loanCount);
        await using var memory = await database.StartMemoryAsync(MemoryServer.Reports);
        var orders = await Orders.OpenAsync(stage, database);
        var numbers = Orders.Spread(loanCount, loanCount);
        var files = new[] { 1, 2 }.ToDictionary(threads => threads, threads => orders.OfCustomers(numbers, threads));
        var results = new List<BenchCase>();
        foreach (var clients in Cases.Where(one => stage.Clients is null || stage.Clients == one))
        {
            var (http, limits) = (new Cost(0, 0), new List<double>());
            Task<WrkResult> AskAsync(int seconds) => Wrk.RunAsync(
                stage, memory, new WrkOrder("repay", files[WrkOrder.ThreadsFor(clients)], clients, seconds));
            var figures = await Rounds.RunAsync(
                stage,
                async () =>
                {
                    await AskAsync(stage.WarmUpSeconds);
                    await BareReports.WriteAsync(database, loanCount, clients, 1);
                    await Pgbench.RunAsync(stage, bare, loanCount, clients, 1);
                },
                async () =>
                {
                    var result = await AskAsync(stage.Seconds);
                    http = new Cost(result.Rate, result.ServerMicroseconds + result.WrkMicroseconds);
                    return result.Rate;
                },
                async () =>
                {
                    var written = await WriteAsync(stage, database, loanCount, clients);
                    limits.Add(Cost.Together(http, written, clients));
                    return written.Rate;
                },
                () => Pgbench.RunAsync(stage, bare, loanCount, clients, stage.Seconds));
            results.Add(BenchCase.Shown($"HTTP alone, {clients} clients", Side.Of(figures[0], Unit)));
            results.Add(BenchCase.Shown($"database alone, groups of {clients}", Side.Of(figures[1], Unit)));
            results.Add(BenchCase.AtLeast(
                clients == 1 ? "one after the other, 1 client" : $"never idle, {clients} clients",
                Side.Of(limits, Unit), Side.Of(figures[2], Unit), null));
        }

        return results;
    }

    private static async Task<Cost> WriteAsync(Stage stage, BenchDatabase database, int loanCount, int groupSize)
    {
        var (ours0, postgres0) = (Programs.ProcessorMicroseconds(Environment.ProcessId), stage.PostgresMicroseconds);
        var written = await BareReports.WriteAsync(database, loanCount, groupSize, stage.Seconds);
        var ours = (Programs.ProcessorMicroseconds(Environment.ProcessId) - ours0) / written;
        var postgres = (stage.PostgresMicroseconds - postgres0) / written;
        var rate = (double)written / stage.Seconds;
        await Console.Out.WriteLineAsync(
            $"    groups of {groupSize}: {rate:N0}/s; processor a repayment: we {ours:N1} µs, "
            + $"PostgreSQL {postgres:N1} µs");
        return new Cost(rate, ours + postgres);
    }

    /// <param name="Rate">Alone, a second.</param>
    /// <param name="Microseconds">Processor time of each.</param>
    private readonly record struct Cost(double Rate, double Microseconds)
    {
        public static double Together(Cost one, Cost other, int clients) => clients == 1
            ? 1 / (1 / one.Rate + 1 / other.Rate)
            : Environment.ProcessorCount * 1e6 / (one.Microseconds + other.Microseconds);
    }
}

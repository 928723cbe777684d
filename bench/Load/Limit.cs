namespace Paydown.Bench;

/// <summary>
/// Measures one call with a number of clients: HTTP alone, the database alone, and the upper limit for both, compared
/// with the bare inserts.
/// </summary>
/// <param name="Stage">How long and how often to measure.</param>
/// <param name="Prefix">The prefix of its lines.</param>
/// <param name="Unit">The unit of its figures.</param>
/// <param name="Clients">The number of concurrent clients.</param>
public sealed record Limit(Stage Stage, string Prefix, string Unit, int Clients)
{
    // A warm-up, until the JIT compiler has finished.
    private const int WriteWarmUpSeconds = 3;

    /// <summary>The size of groups; by default the number of clients.</summary>
    public int GroupSize { get; init; } = Clients;

    /// <summary>Sends requests over HTTP for some seconds to a server that stores nothing.</summary>
    public required Func<int, Task<WrkResult>> AskAsync { get; init; }

    /// <summary>Writes groups for some seconds.</summary>
    public required Func<int, Task<Cost>> WriteAsync { get; init; }

    /// <summary>Writes the bare inserts for some seconds.</summary>
    public required Func<int, Task<double>> BareAsync { get; init; }

    public async Task<IReadOnlyList<BenchCase>> RunAsync()
    {
        var (http, limits) = (new Cost(0, 0), new List<double>());
        var figures = await Rounds.RunAsync(
            Stage,
            async () =>
            {
                await AskAsync(Stage.WarmUpSeconds);
                await WriteAsync(Math.Min(WriteWarmUpSeconds, Stage.WarmUpSeconds));
                await BareAsync(1);
            },
            async () =>
            {
                var result = await AskAsync(Stage.Seconds);
                http = new Cost(result.Rate, result.ServerMicroseconds + result.WrkMicroseconds);
                return result.Rate;
            },
            async () =>
            {
                var written = await WriteAsync(Stage.Seconds);
                limits.Add(Cost.Together(http, written, Clients));
                return written.Rate;
            },
            () => BareAsync(Stage.Seconds)
        );
        return
        [
            BenchCase.Shown($"{Prefix}HTTP alone, {Clients} clients", Side.Of(figures[0], Unit)),
            BenchCase.Shown($"{Prefix}database alone, groups of {GroupSize}", Side.Of(figures[1], Unit)),
            BenchCase.AtLeast(
                Prefix + (Clients == 1 ? "one after the other, 1 client" : $"never idle, {Clients} clients"),
                Side.Of(limits, Unit),
                Side.Of(figures[2], "repayments/s"),
                null
            ),
        ];
    }
}

/// <summary>The speed and cost of one side of a limit.</summary>
/// <param name="Rate">Requests per second, alone.</param>
/// <param name="Microseconds">Processor time per request.</param>
public readonly record struct Cost(double Rate, double Microseconds)
{
    /// <summary>The cost of writing in groups, in this process and in PostgreSQL.</summary>
    public static async Task<Cost> MeasureAsync(Stage stage, int groupSize, int seconds, Func<Task<long>> write)
    {
        var (ours0, postgres0) = (Programs.ProcessorMicroseconds(Environment.ProcessId), stage.PostgresMicroseconds);
        var written = await write();
        var ours = (Programs.ProcessorMicroseconds(Environment.ProcessId) - ours0) / written;
        var postgres = (stage.PostgresMicroseconds - postgres0) / written;
        var rate = (double)written / seconds;
        await Console.Out.WriteLineAsync(
            $"    groups of {groupSize}: {rate:N0}/s; processor of each: we {ours:N1} µs, "
                + $"PostgreSQL {postgres:N1} µs"
        );
        return new Cost(rate, ours + postgres);
    }

    /// <summary>The upper limit per second for both sides with a number of clients.</summary>
    public static double Together(Cost one, Cost other, int clients) =>
        clients == 1
            ? 1 / (1 / one.Rate + 1 / other.Rate)
            : Environment.ProcessorCount * 1e6 / (one.Microseconds + other.Microseconds);
}

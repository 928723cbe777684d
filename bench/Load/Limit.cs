namespace Paydown.Bench;

/// <summary>
/// One call with so many clients: its HTTP alone, its database alone, and what both can do at most, beside the bare
/// inserts.
/// </summary>
/// <param name="Stage">How long, how often.</param>
/// <param name="Prefix">Of the names of its lines.</param>
/// <param name="Unit">Of its figures.</param>
/// <param name="Clients">Who ask at once.</param>
public sealed record Limit(Stage Stage, string Prefix, string Unit, int Clients)
{
    // Until what decides and writes is compiled for good.
    private const int WriteWarmUpSeconds = 3;

    /// <summary>How large groups can be: as many as there are clients, where not said otherwise.</summary>
    public int GroupSize { get; init; } = Clients;

    /// <summary>Asks over HTTP, for so many seconds, where nothing is kept.</summary>
    public required Func<int, Task<WrkResult>> AskAsync { get; init; }

    /// <summary>Writes groups for so many seconds.</summary>
    public required Func<int, Task<Cost>> WriteAsync { get; init; }

    /// <summary>Writes the bare inserts for so many seconds.</summary>
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

/// <summary>What one side of a limit takes.</summary>
/// <param name="Rate">Alone, a second.</param>
/// <param name="Microseconds">Processor time of each.</param>
public readonly record struct Cost(double Rate, double Microseconds)
{
    /// <summary>The cost of what is written in groups, by this process and by PostgreSQL.</summary>
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

    /// <summary>What both can do a second with so many clients.</summary>
    public static double Together(Cost one, Cost other, int clients) =>
        clients == 1
            ? 1 / (1 / one.Rate + 1 / other.Rate)
            : Environment.ProcessorCount * 1e6 / (one.Microseconds + other.Microseconds);
}

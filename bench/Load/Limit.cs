namespace Paydown.Bench;

/// <summary>
/// The limits of one call with a given number of clients: HTTP alone, the database alone, and the most that both
/// could do together, against the bare inserts.
/// </summary>
/// <param name="Stage">The durations and the number of rounds.</param>
/// <param name="Prefix">A prefix for the names of its lines.</param>
/// <param name="Unit">The unit of its figures.</param>
/// <param name="Clients">The number of concurrent clients.</param>
public sealed record Limit(Stage Stage, string Prefix, string Unit, int Clients)
{
    // Long enough for the JIT to optimize deciding and writing.
    private const int WriteWarmUpSeconds = 3;

    /// <summary>The largest group; by default the number of clients.</summary>
    public int GroupSize { get; init; } = Clients;

    /// <summary>Sends requests over HTTP for the given seconds to a server that stores nothing.</summary>
    public required Func<int, Task<WrkResult>> AskAsync { get; init; }

    /// <summary>Writes groups for the given seconds.</summary>
    public required Func<int, Task<Cost>> WriteAsync { get; init; }

    /// <summary>Runs the bare inserts for the given seconds.</summary>
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
                Prefix + (Clients == 1 ? "one after the other, 1 client" : $"no processor idle, {Clients} clients"),
                Side.Of(limits, Unit),
                Side.Of(figures[2], "repayments/s"),
                null
            ),
        ];
    }
}

/// <summary>The cost of one side of a limit.</summary>
/// <param name="Rate">Operations per second, running alone.</param>
/// <param name="Microseconds">Processor time per operation.</param>
public readonly record struct Cost(double Rate, double Microseconds)
{
    /// <summary>The cost of grouped writes in this process and in PostgreSQL.</summary>
    public static async Task<Cost> MeasureAsync(Stage stage, int groupSize, int seconds, Func<Task<long>> write)
    {
        var (ours0, postgres0) = (Programs.ProcessorMicroseconds(Environment.ProcessId), stage.PostgresMicroseconds);
        var written = await write();
        var ours = (Programs.ProcessorMicroseconds(Environment.ProcessId) - ours0) / written;
        var postgres = (stage.PostgresMicroseconds - postgres0) / written;
        var rate = (double)written / seconds;
        await Console.Out.WriteLineAsync(
            $"    groups of {groupSize}: {rate:N0}/s; processor per write: this process {ours:N1} µs, "
                + $"PostgreSQL {postgres:N1} µs"
        );
        return new Cost(rate, ours + postgres);
    }

    /// <summary>The most that both could do per second with the given number of clients.</summary>
    public static double Together(Cost one, Cost other, int clients) =>
        clients == 1
            ? 1 / (1 / one.Rate + 1 / other.Rate)
            : Environment.ProcessorCount * 1e6 / (one.Microseconds + other.Microseconds);
}

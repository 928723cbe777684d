using System.Diagnostics;
using System.Globalization;

namespace Paydown.Bench;

/// <summary>One run of the load generator.</summary>
/// <param name="Call">repay, list or verify.</param>
/// <param name="File">The path of its order files.</param>
/// <param name="Clients">Connections, each with one request at a time.</param>
/// <param name="Seconds">The duration.</param>
public sealed record WrkOrder(string Call, string File, int Clients, int Seconds)
{
    /// <summary>For list: the number of records that each response must have.</summary>
    public int Records { get; init; }

    /// <summary>For list: a word that occurs once in each record.</summary>
    public string Mark { get; init; } = "VERIFIED";

    /// <summary>For verify: true if orders may repeat, because the server stores nothing.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>The number of wrk threads; each has its own order file.</summary>
    public int Threads => ThreadsFor(Clients);

    public static int ThreadsFor(int clients) => clients == 1 ? 1 : 2;
}

/// <summary>The result of a run in which every response was correct; otherwise the run throws.</summary>
/// <param name="Rate">Correct responses per second within the window.</param>
/// <param name="Right">The number of correct responses.</param>
/// <param name="ServerMicroseconds">The server's processor time per response.</param>
/// <param name="PostgresMicroseconds">PostgreSQL's processor time per response.</param>
/// <param name="WrkMicroseconds">wrk's processor time per response.</param>
public sealed record WrkResult(
    double Rate,
    long Right,
    double ServerMicroseconds,
    double PostgresMicroseconds,
    double WrkMicroseconds
);

/// <summary>Runs wrk, which counts only responses that load.lua found correct.</summary>
public static class Wrk
{
    private const double LeadSeconds = 2;

    // The rate at which a thread loads its orders, with a wide margin.
    private const double BytesPerSecond = 40e6;

    private static int tag;

    public static async Task<WrkResult> RunAsync(Stage stage, ServerProcess server, WrkOrder order)
    {
        var bytes = Enumerable.Range(0, order.Threads).Sum(thread => new FileInfo($"{order.File}.{thread}").Length);
        var lead = LeadSeconds + bytes / BytesPerSecond;
        var go = Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency + lead;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BENCH_CALL"] = order.Call,
            ["BENCH_FILE"] = order.File,
            ["BENCH_TAG"] = $"{Environment.ProcessId}-{++tag}",
            ["BENCH_GO"] = go.ToString("F6", CultureInfo.InvariantCulture),
            ["BENCH_SECONDS"] = $"{order.Seconds}",
            ["BENCH_RECORDS"] = $"{order.Records}",
            ["BENCH_MARK"] = order.Mark,
            ["BENCH_REPEAT"] = order.MayRepeat ? "yes" : "no",
        };
        var (server0, postgres0) = (server.ProcessorMicroseconds, stage.PostgresMicroseconds);
        var output = await Programs.RunAsync(
            "wrk",
            [
                "-t",
                $"{order.Threads}",
                "-c",
                $"{order.Clients}",
                "-d",
                $"{order.Seconds + (int)lead + 2}s",
                "--timeout",
                "15s",
                "-s",
                Path.Combine(stage.Root, "bench", "load.lua"),
                server.Url,
            ],
            environment
        );
        var result = Read(
            output,
            order,
            server.ProcessorMicroseconds - server0,
            stage.PostgresMicroseconds - postgres0
        );
        await Console.Out.WriteLineAsync(
            $"    {order.Call}, {order.Clients} clients: {result.Rate:N0}/s, "
                + $"{order.Clients / result.Rate * 1e6:N0} µs on average; "
                + $"processor per request: server {result.ServerMicroseconds:N1} µs, "
                + $"PostgreSQL {result.PostgresMicroseconds:N1} µs, wrk {result.WrkMicroseconds:N1} µs"
        );
        return result;
    }

    private static WrkResult Read(string output, WrkOrder order, double server, double postgres)
    {
        var line =
            output.Split('\n').FirstOrDefault(one => one.StartsWith("BENCH ", StringComparison.Ordinal))
            ?? throw new BenchException($"wrk printed no result: {output}");
        var fields = line[6..]
            .Split(' ')
            .Select(field => field.Split('='))
            .ToDictionary(
                field => field[0],
                field => long.Parse(field[1], CultureInfo.InvariantCulture),
                StringComparer.Ordinal
            );
        foreach (var name in (string[])["wrong", "errors", "mixed", "exhausted", "late"])
        {
            if (fields[name] != 0)
                throw new BenchException($"{order.Call}: {name} is not zero: {output}");
        }

        return new WrkResult(
            (double)fields["counted"] / order.Seconds,
            fields["right"],
            server / fields["right"],
            postgres / fields["right"],
            (double)fields["processor"] / fields["counted"]
        );
    }
}

/// <summary>pgbench with the two bare inserts of <c>bare.sql</c>.</summary>
public static class Pgbench
{
    private static int round;

    /// <returns>Transactions per second.</returns>
    public static async Task<double> RunAsync(
        Stage stage,
        BenchDatabase database,
        int loanCount,
        int clients,
        int seconds
    )
    {
        var first = Paydown.Server.Commands.PortfolioIds.Customer(0).Value.ToByteArray(bigEndian: true);
        var millisecond = Convert.ToInt64(Convert.ToHexString(first)[..12], 16);
        var output = await Programs.RunAsync(
            "pgbench",
            [
                "-n",
                "-M",
                "prepared",
                "-c",
                $"{clients}",
                "-j",
                $"{Math.Min(clients, 2)}",
                "-T",
                $"{seconds}",
                "-D",
                $"first={millisecond}",
                "-D",
                $"loans={loanCount}",
                "-D",
                $"n={++round * 10_000_000L}",
                "-f",
                Path.Combine(stage.Root, "bench", "bare.sql"),
                "-h",
                stage.SocketFolder,
                "-U",
                "paydown",
                database.Name,
            ]
        );
        var line = output.Split('\n').First(one => one.StartsWith("tps = ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }
}

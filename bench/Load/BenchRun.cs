using System.Diagnostics;

namespace Paydown.Bench;

/// <summary>Runs the requested benchmarks, prints their results and writes them to files.</summary>
public static class BenchRun
{
    private static readonly (string Name, string About, Func<Stage, Task<IReadOnlyList<BenchCase>>> Run)[] All =
    [
        ("repay", "repay-loan against two bare inserts by pgbench", RepayBench.BesideBareAsync),
        ("repay-usual", "repay-loan against the same endpoint written the usual way", RepayBench.BesideUsualAsync),
        ("hot-loan", "64 clients on one loan against 64 clients on distinct loans", RepayBench.OnOneLoanAsync),
        ("commit", "repay-loan with each setting of synchronous_commit, with a standby", CommitBench.RunAsync),
        ("list", "list-customer-repayments against the same bytes from memory", ListBench.BesideMemoryAsync),
        (
            "list-usual",
            "list-customer-repayments against the same endpoint written the usual way",
            ListBench.BesideUsualAsync
        ),
        ("repay-metrics", "repay-loan with metrics against without", RepayBench.MeasuredAsync),
        ("list-metrics", "list-customer-repayments with metrics against without", ListBench.MeasuredAsync),
        ("list-size", "lists of 12, 1,000 and 100,000 records", ListSizeBench.RunAsync),
        ("lists", "every paged list, with 1,000,000 rows against 1,000", ListsBench.RunAsync),
        ("verify", "verifications against two bare inserts by pgbench", VerifyBench.RunAsync),
        ("limit", "HTTP alone, the database alone, and the most that both can do on these cores", LimitBench.RunAsync),
        ("scale", "repay-loan and list-customer-repayments on 10,000 to 1,000,000 loans", ScaleBench.RunAsync),
        ("bytes", "the size of a verified repayment and of a loan in the database", BytesBench.RunAsync),
        ("schedule", "schedules and a fold against npm libraries", ScheduleBench.RunAsync),
        (
            "statement",
            "bank statements read into entries, against npm libraries, and imported",
            StatementBench.RunAsync
        ),
        ("end-of-day", "an ordinary day and a month end of a large portfolio", EndOfDayBench.RunAsync),
        ("start", "process start to the first correct response of /health/ready", StartBench.RunAsync),
    ];

    public static async Task<int> MainAsync(string[] arguments)
    {
        var isQuick = arguments.Contains("--quick");
        var names = arguments.Where(argument => argument != "--quick").ToArray();
        if (names.FirstOrDefault(name => Array.TrueForAll(All, one => one.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"bench: there is no benchmark {unknown}. There are:");
            foreach (var (name, about, _) in All)
                await Console.Error.WriteLineAsync($"  {name, -12} {about}");
            return 2;
        }

        var root = Environment.GetEnvironmentVariable("BENCH_ROOT") ?? Directory.GetCurrentDirectory();
        await using var stage = await Stage.OpenAsync(root, isQuick);
        var failed = 0;
        foreach (var (name, _, run) in All.Where(one => names.Length == 0 || names.Contains(one.Name)))
        {
            if (!await RunOneAsync(stage, name, run))
                failed++;
        }

        return failed == 0 ? 0 : 1;
    }

    private static async Task<bool> RunOneAsync(
        Stage stage,
        string name,
        Func<Stage, Task<IReadOnlyList<BenchCase>>> run
    )
    {
        var clock = Stopwatch.StartNew();
        await Console.Out.WriteLineAsync($"\n{name} …");
        try
        {
            var machine = Machine.Describe() + (stage.IsQuick ? ", one short round" : "");
            var result = new BenchResult(name, machine, await run(stage));
            await result.WriteAsync(Path.Combine(stage.Root, "artifacts", "bench"));
            result.Print(Console.Out);
            await Console.Out.WriteLineAsync($"  {clock.Elapsed.TotalSeconds:0} s; {machine}");
            return true;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"bench: {name}: {exception.Message}");
            return false;
        }
    }
}

using System.Diagnostics;

namespace Paydown.Bench;

/// <summary>
/// Lists of very different lengths: time to the first byte, time per record, and memory.
/// </summary>
public static class ListSizeBench
{
    // Lists per round, chosen so that a round takes about the same time for each size.
    private static readonly (int Records, int Lists)[] Sizes = [(12, 2000), (1_000, 100), (100_000, 2)];

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        await using var database = await stage.CreateDatabaseAsync(stage.IsQuick ? 500 : 10_000);
        for (var customer = 0; customer < Sizes.Length; customer++)
            await PendingRepayments.AddAsync(database, [customer], Sizes[customer].Records, 1);
        await using var server = await database.StartPaydownAsync();
        var orders = await Orders.OpenAsync(stage, database);
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        var firstBytes = Sizes.Select(_ => new List<double>()).ToArray();
        var memory = new List<double>();
        Func<Task<double>> Measure(int size) =>
            async () =>
            {
                var before = server.MemoryMegabytes;
                var (first, all) = await ReadAsync(client, orders, size, stage.IsQuick);
                firstBytes[size].Add(first);
                if (size == Sizes.Length - 1)
                    memory.Add(Math.Max(0, server.MemoryMegabytes - before));
                return all / Sizes[size].Records;
            };
        var figures = await Rounds.RunAsync(
            stage,
            async () =>
            {
                for (var size = 0; size < Sizes.Length; size++)
                    await Measure(size)();
                foreach (var list in firstBytes)
                    list.Clear();
                memory.Clear();
            },
            [.. Enumerable.Range(0, Sizes.Length).Select(Measure)]
        );

        var perRecord = figures.Select(side => Side.Of(side, "µs per record")).ToArray();
        var results = new List<BenchCase>
        {
            BenchCase.Shown($"{Sizes[0].Records:N0} records", perRecord[0]),
            BenchCase.AtMost($"{Sizes[1].Records:N0} records against 12", perRecord[1], perRecord[0], 1.5),
            BenchCase.AtMost($"{Sizes[2].Records:N0} records against 1,000", perRecord[2], perRecord[1], 1.5),
        };
        for (var size = 0; size < Sizes.Length; size++)
            results.Add(
                BenchCase.Shown($"{Sizes[size].Records:N0} records, first byte", Side.Of(firstBytes[size], "ms"))
            );
        results.Add(BenchCase.Within("memory that 100,000 records add", Side.Of(memory, "MB"), 32));
        results.Add(BenchCase.Shown("peak memory of the server", Side.Of([server.MemoryPeakMegabytes], "MB")));
        return results;
    }

    // The median times to the first byte in ms, and of a whole list in µs.
    private static async Task<(double FirstMilliseconds, double AllMicroseconds)> ReadAsync(
        HttpClient client,
        Orders orders,
        int size,
        bool isQuick
    )
    {
        var (records, lists) = Sizes[size];
        var (first, all) = (new List<double>(), new List<double>());
        var buffer = new byte[64 * 1024];
        for (var i = 0; i < (isQuick ? 2 : lists); i++)
        {
            using var request = Answers.ListRequest(orders, size);
            var clock = Stopwatch.StartNew();
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using var body = await answer.Content.ReadAsStreamAsync();
            var count = 0;
            int read;
            while ((read = await body.ReadAsync(buffer)) > 0)
            {
                if (count == 0 && first.Count == i)
                    first.Add(clock.Elapsed.TotalMilliseconds);
                // Each record contains exactly one V, in PENDING_VERIFICATION.
                count += buffer.AsSpan(0, read).Count((byte)'V');
            }

            all.Add(clock.Elapsed.TotalMicroseconds);
            if (!answer.IsSuccessStatusCode || count != records)
                throw new BenchException($"A list of {records} records returned {count}, status {answer.StatusCode}.");
        }

        return (Side.Of(first, "ms").Median, Side.Of(all, "µs").Median);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Valid and invalid requests generated from the OpenAPI document, each with its own seed. No response is a 5xx, is
/// undescribed or is missing, and the books are right at the end. docs/testing.md says how to run it for longer or
/// repeat a run.
/// </summary>
public sealed class FuzzTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const int RequestsShort = 2_000;
    private const int RequestsLong = 100_000;
    private const int SeedOfShort = 20_260_102;
    private const int AtOnce = 8;
    private const int Loans = 40;
    private const int BreachesToldMax = 20;

    [Fact]
    public async Task Every_response_to_a_fuzzed_request_is_as_the_document_says()
    {
        var (first, count) = (LongRun.Seed(SeedOfShort), LongRun.Count(RequestsShort, RequestsLong));
        var target = await FuzzTarget.CreateAsync(server, Loans);
        var document = await WireContract.DocumentAsync();
        Unfold(document);
        var fuzzer = new Fuzzer(server.Address, document);
        var (breaches, statuses) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>());
        var (slow, slowest, began) = (0, TimeSpan.Zero, Stopwatch.GetTimestamp());
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) =>
            {
                var request = new FuzzRequest(target, first + i);
                var (status, took, breach) = await fuzzer.TryAsync(request);
                statuses.AddOrUpdate(status, 1, (_, before) => before + 1);
                if (took > TimeSpan.FromSeconds(1))
                    Interlocked.Increment(ref slow);
                if (took > slowest)
                    slowest = took;
                if (breach is not null && breaches.Count < BreachesToldMax)
                    breaches.Enqueue($"PAYDOWN_SEED={first + i}: {request}\n  answers {breach}");
            }
        );
        Console.WriteLine(
            $"fuzz: seed {first}, {count:N0} requests in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s, "
                + $"{slow} over 1 s, slowest {slowest.TotalMilliseconds:N0} ms; "
                + string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Value:N0} × {one.Key}"))
        );
        breaches.ShouldBeEmpty();
        using var output = new StringWriter();
        (await Audit.RunAsync(server.Database, output, json: false, default)).ShouldBe(0, output.ToString());
    }

    // A parsed document creates its nodes on first use, which is not thread-safe.
    private static void Unfold(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (_, member) in members)
                Unfold(member);
        }
        else if (node is JsonArray elements)
        {
            foreach (var element in elements)
                Unfold(element);
        }
    }
}

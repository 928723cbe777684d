using System.Diagnostics;
using System.Threading.Channels;
using Paydown.Lending.Products;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Random journeys over HTTP, from the application to the end of the loan: sixteen at once, and up to three with the
/// same wallet. Everything that a response confirmed is stored once, nothing else is, and the books are right.
/// </summary>
public sealed class JourneyLoadTests(TestCluster cluster)
{
    private const int JourneysShort = 40;
    private const int JourneysLong = 10_000;
    private const int CustomersMax = 300;
    private const int JourneysOfEach = 4;
    private const int SeedShort = 20_264;
    private const int TravellingAtOnce = 16;

    [Fact]
    public async Task After_concurrent_journeys_exactly_what_was_confirmed_is_stored()
    {
        var (seed, count) = (LongRun.Seed(SeedShort), LongRun.Count(JourneysShort, JourneysLong));
        await using var stage = await JourneyStage.StartAsync(
            cluster,
            Math.Clamp(count / JourneysOfEach, 1, CustomersMax)
        );
        // A customer may have one open application per product, so journeys take turns with each pair.
        var free = Channel.CreateUnbounded<(Traveller Traveller, LoanProduct Product)>();
        foreach (var pair in stage.Travellers.SelectMany(one => stage.Products.Select(product => (one, product))))
            free.Writer.TryWrite(pair);

        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = TravellingAtOnce },
            async (number, token) =>
            {
                var (traveller, product) = await free.Reader.ReadAsync(token);
                await TravelAsync(new(stage, traveller, product, new Random(seed + number)), stage, seed, number);
                free.Writer.TryWrite((traveller, product));
            }
        );
        var pace = count / clock.Elapsed.TotalSeconds;
        await stage.SettleAsync();
        await stage.Books.ShouldAgreeAsync(stage.Database);
        Console.WriteLine(
            $"journeys, seed {seed}: {count:N0} in {clock.Elapsed:hh\\:mm\\:ss}, {pace:N1}/s; "
                + $"{stage.Books.Acknowledged:N0} acknowledged, each there once, the audit is clean\n{stage.Books.Counts}"
        );
    }

    private static async Task TravelAsync(Journey journey, JourneyStage stage, int seed, int number)
    {
        try
        {
            stage.Books.Count($"end: {await journey.TravelAsync()}");
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Replay: PAYDOWN_SEED={seed}; journey {number}.", exception);
        }
    }
}

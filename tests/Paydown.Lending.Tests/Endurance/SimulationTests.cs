using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>
/// Random histories of random loans, on all cores; docs/testing.md says how to run it long or again.
/// </summary>
public sealed class SimulationTests
{
    private const int HistoriesShort = 5_000;
    private const int HistoriesLong = 1_000_000;
    private const int SeedOfShort = 20_260_101;
    private const int LawsToldMax = 12;

    [Fact]
    public void Every_law_holds_after_every_step_of_every_history()
    {
        var (first, count) = (LongRun.Seed(SeedOfShort), LongRun.Count(HistoriesShort, HistoriesLong));
        var broken = new ConcurrentDictionary<string, BrokenHistory>();
        var (lived, steps, began) = (0L, 0L, Stopwatch.GetTimestamp());
        Parallel.For(
            0,
            count,
            (i, loop) =>
            {
                if (broken.Count >= LawsToldMax)
                    loop.Stop();
                Interlocked.Add(ref steps, Live(first + i, broken));
                Interlocked.Increment(ref lived);
            }
        );
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine($"simulation: seed {first}, {lived:N0} histories, {steps:N0} steps in {seconds:N0} s");
        Assert.True(broken.IsEmpty, string.Join("\n", broken.Values.Select(one => one.Text)));
    }

    private static int Live(long seed, ConcurrentDictionary<string, BrokenHistory> broken)
    {
        var dice = new Dice(seed);
        var (terms, steps) = (RandomTerms.Of(dice), Step.Some(dice));
        try
        {
            return Simulation.Run(terms, steps, seed);
        }
        catch (LawBrokenException law)
        {
            if (!broken.ContainsKey(law.Law))
                broken.TryAdd(law.Law, BrokenHistory.Of(terms, steps, seed, law));
            return 0;
        }
    }
}

using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Server and PostgreSQL are killed under load. Every confirmed write is there once. Every other write is there
/// completely or not at all, and a retry with its key resolves it.
/// </summary>
public sealed class CrashTests
{
    private const int KillsShort = 4;
    private const int KillsLong = 300;
    private const int SeedShort = 20_261;
    private const int ReportEvery = 10;

    [Fact]
    public async Task No_confirmed_write_is_lost_and_none_is_incomplete_whatever_is_killed()
    {
        var seed = LongRun.Seed(SeedShort);
        var count = LongRun.Count(KillsShort, KillsLong);
        var clock = Stopwatch.StartNew();
        await using var loop = await CrashLoop.StartAsync(seed);
        try
        {
            for (var kill = 1; kill <= count; kill++)
            {
                await loop.RoundAsync();
                if (LongRun.IsWanted && kill % ReportEvery == 0)
                    Print(seed, clock, loop);
            }

            await loop.CloseAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"Replay: PAYDOWN_SEED={seed}. So far: {loop.Figures}\n{loop.LastSaid}",
                exception
            );
        }

        if (LongRun.IsWanted)
            Print(seed, clock, loop);
    }

    private static void Print(int seed, Stopwatch clock, CrashLoop loop) =>
        Console.WriteLine($"crash, seed {seed}, {clock.Elapsed:hh\\:mm\\:ss}: {loop.Figures}");
}

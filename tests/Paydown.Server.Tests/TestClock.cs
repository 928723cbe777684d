using System.Diagnostics;

namespace Paydown.Server.Tests;

/// <summary>
/// The clock of a test server. It starts at noon of the same day in every run and ticks until a test moves it, so no
/// test meets midnight or the end of a month by chance.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly long startedAt = Stopwatch.GetTimestamp();
    private TimeSpan moved;

    /// <summary>The date in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(GetUtcNow().UtcDateTime);

    public override DateTimeOffset GetUtcNow() => Start + Stopwatch.GetElapsedTime(startedAt) + moved;

    public void Advance(TimeSpan by) => moved += by;

    public void AdvanceDays(int days) => Advance(TimeSpan.FromDays(days));

    /// <summary>
    /// Moves the clock to a day, to record what happened then, and back once the result is disposed.
    /// </summary>
    public IDisposable At(DateOnly day)
    {
        var back = new Return(this, moved);
        AdvanceDays(day.DayNumber - Today.DayNumber);
        return back;
    }

    private sealed class Return(TestClock clock, TimeSpan moved) : IDisposable
    {
        public void Dispose() => clock.moved = moved;
    }
}

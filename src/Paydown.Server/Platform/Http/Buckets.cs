using System.Runtime.InteropServices;

namespace Paydown.Server.Platform.Http;

/// <summary>The result of taking from a bucket.</summary>
/// <param name="IsTaken">True if one was taken.</param>
/// <param name="Wait">If taken, the delay before going on; if not, the time after which to try again.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Taken(bool IsTaken, TimeSpan Wait)
{
    /// <summary>The wait in whole seconds for Retry-After, at least 1.</summary>
    public int Seconds => Math.Max(1, (int)Math.Ceiling(Wait.TotalSeconds));
}

/// <summary>
/// Limits how often something may happen per slot (generic cell rate algorithm, ITU-T I.371). A bucket is one number:
/// the instant at which it is full again. The buckets are a fixed array, so memory is bounded and a request costs one
/// comparison and one exchange. Each server counts separately.
/// </summary>
public sealed class Buckets
{
    // Two callers with the same bucket share its limit. With ten thousand callers at the same time, one in seven shares
    // a bucket.
    private const int Count = 1 << 16;

    private readonly long[]? fullAt;
    private readonly TimeProvider time;
    private readonly long ticks;
    private readonly long burstTicks;

    /// <summary>Creates buckets with one rate.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="times">The number of times per period; 0 for no limit.</param>
    /// <param name="period">The period.</param>
    /// <param name="burst">The length of time whose quota may be used at once.</param>
    public Buckets(TimeProvider time, long times, TimeSpan period, TimeSpan burst)
    {
        this.time = time;
        if (times <= 0)
            return;
        fullAt = new long[Count];
        ticks = Math.Max(1, (long)(period.TotalSeconds * time.TimestampFrequency / times));
        burstTicks = (long)(burst.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>Creates buckets for this many times per minute, which may all come at once.</summary>
    public static Buckets PerMinute(TimeProvider time, int times) =>
        new(time, times, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    /// <summary>Creates buckets for this many times per hour, which may all come at once.</summary>
    public static Buckets PerHour(TimeProvider time, int times) =>
        new(time, times, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    /// <summary>Takes one from a bucket.</summary>
    /// <param name="slot">A HashCode, which is seeded per process so that no caller can choose a bucket.</param>
    /// <param name="patience">The longest acceptable delay; zero for none.</param>
    public Taken Take(int slot, TimeSpan patience = default)
    {
        if (fullAt is null)
            return new(true, TimeSpan.Zero);
        ref var bucket = ref fullAt[slot & (Count - 1)];
        while (true)
        {
            var now = time.GetTimestamp();
            var seen = Volatile.Read(ref bucket);
            var next = Math.Max(seen, now) + ticks;
            var early = next - now - burstTicks;
            var wait = early <= 0 ? TimeSpan.Zero : time.GetElapsedTime(0, early);
            if (wait > patience)
                return new(false, wait - patience);
            if (Interlocked.CompareExchange(ref bucket, next, seen) == seen)
                return new(true, wait);
        }
    }

    /// <summary>Puts one back that does not count after all.</summary>
    public void GiveBack(int slot)
    {
        if (fullAt is not null)
            Interlocked.Add(ref fullAt[slot & (Count - 1)], -ticks);
    }
}

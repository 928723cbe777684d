using System.Runtime.InteropServices;

namespace Paydown.Server.Platform.Http;

/// <summary>Whether a bucket gave something.</summary>
/// <param name="IsTaken">False: nothing was taken.</param>
/// <param name="Wait">If taken, how long to wait before going on; if not, after which time to try again.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Taken(bool IsTaken, TimeSpan Wait)
{
    /// <summary>The wait in whole seconds, at least 1: for Retry-After.</summary>
    public int Seconds => Math.Max(1, (int)Math.Ceiling(Wait.TotalSeconds));
}

/// <summary>
/// Limits how often something may happen, counted per slot (the generic cell rate algorithm, ITU-T I.371). A bucket is
/// one number, the moment at which it will be full again, and the buckets are a fixed array: memory is bounded, and a
/// request costs one comparison and one exchange. Each server counts for itself.
/// </summary>
public sealed class Buckets
{
    // Two callers who share a bucket share its limit. With ten thousand who call at the same moment, one in seven
    // shares with somebody.
    private const int Count = 1 << 16;

    private readonly long[]? fullAt;
    private readonly TimeProvider time;
    private readonly long ticks;
    private readonly long burstTicks;

    /// <summary>Buckets of one pace.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="times">How often…</param>
    /// <param name="period">…in so long; 0 times: without a limit.</param>
    /// <param name="burst">For how long a steady pace may come at once.</param>
    public Buckets(TimeProvider time, long times, TimeSpan period, TimeSpan burst)
    {
        this.time = time;
        if (times <= 0)
            return;
        fullAt = new long[Count];
        ticks = Math.Max(1, (long)(period.TotalSeconds * time.TimestampFrequency / times));
        burstTicks = (long)(burst.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>As often as this in a minute, all of it at once if need be.</summary>
    public static Buckets PerMinute(TimeProvider time, int times) =>
        new(time, times, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    /// <summary>As often as this in an hour, all of it at once if need be.</summary>
    public static Buckets PerHour(TimeProvider time, int times) =>
        new(time, times, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    /// <summary>Takes one out of a bucket.</summary>
    /// <param name="slot">The hash of what is counted by. HashCode is seeded per process: nobody can aim.</param>
    /// <param name="patience">How long the caller would wait for it; zero: not at all.</param>
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

    /// <summary>Puts back what was taken, since it does not count after all.</summary>
    public void GiveBack(int slot)
    {
        if (fullAt is not null)
            Interlocked.Add(ref fullAt[slot & (Count - 1)], -ticks);
    }
}

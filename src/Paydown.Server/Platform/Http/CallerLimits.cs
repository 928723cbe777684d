using Paydown.Lending;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>How often one caller may call, on each server.</summary>
public sealed record CallerLimitOptions
{
    /// <summary>No limit at all.</summary>
    public const int Unlimited = 0;

    /// <summary>How many seconds' worth may come at once.</summary>
    public const int BurstSeconds = 2;

    /// <summary>Staff and API tokens work for many, and may call so many times as often.</summary>
    public const int StaffFactor = 10;

    /// <summary>Of one customer, over any length of time; <see cref="Unlimited"/>: as often as they like.</summary>
    public int RequestsPerSecond { get; init; } = 200;
}

/// <summary>
/// Keeps one caller from taking the server from all others. Each has a bucket, written as one number: the moment at
/// which it will be full again (the generic cell rate algorithm, ITU-T I.371). The buckets are a fixed array, so that
/// memory is bounded and a request costs one comparison and one exchange.
/// </summary>
public sealed class CallerLimits
{
    // Two callers who share a bucket share its limit, which is generous; with ten thousand who call at the same moment,
    // one in seven shares with somebody.
    private const int BucketCount = 1 << 16;

    private readonly long[] fullAt = new long[BucketCount];
    private readonly TimeProvider time;
    private readonly Pace? customers;
    private readonly Pace? staff;

    public CallerLimits(CallerLimitOptions options, TimeProvider time)
    {
        this.time = time;
        if (options.RequestsPerSecond == CallerLimitOptions.Unlimited) return;
        customers = Pace.Of(options.RequestsPerSecond, time.TimestampFrequency);
        staff = Pace.Of((long)options.RequestsPerSecond * CallerLimitOptions.StaffFactor, time.TimestampFrequency);
    }

    /// <summary>Counts a request; a refusal where it is one too many.</summary>
    public Refusal? Check(Caller caller)
    {
        if ((caller.Role == Role.Customer ? customers : staff) is not { } pace) return null;
        // HashCode is seeded anew in each process, so nobody can aim at another's bucket.
        ref var bucket = ref fullAt[HashCode.Combine(caller.UserId) & (BucketCount - 1)];
        var now = time.GetTimestamp();
        while (true)
        {
            var seen = Volatile.Read(ref bucket);
            var next = Math.Max(seen, now) + pace.Ticks;
            if (next - now > pace.BurstTicks)
                return Refusals.RateLimitExceeded(SecondsOf(next - now - pace.BurstTicks));
            if (Interlocked.CompareExchange(ref bucket, next, seen) == seen) return null;
        }
    }

    private int SecondsOf(long ticks) => (int)((ticks + time.TimestampFrequency - 1) / time.TimestampFrequency);

    /// <summary>In ticks of the clock: between two requests of a steady caller, and what may come at once.</summary>
    private sealed record Pace(long Ticks, long BurstTicks)
    {
        public static Pace Of(long requestsPerSecond, long frequency) =>
            new(Math.Max(1, frequency / requestsPerSecond), frequency * CallerLimitOptions.BurstSeconds);
    }
}

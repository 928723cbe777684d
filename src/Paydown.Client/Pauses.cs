using System.Buffers.Binary;

namespace Paydown.Client;

/// <summary>
/// How long to wait before a call is tried again: anything up to a limit that doubles each time, so that clients that
/// failed together do not come back together; and never less than the server asks for.
/// </summary>
internal sealed class Pauses(PaydownClientOptions options)
{
    /// <summary>The pause behind an attempt; null where it was the last one.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="retryAfter">What the server asks for.</param>
    public TimeSpan? After(int attempt, TimeSpan? retryAfter)
    {
        if (attempt >= options.AttemptsMax || retryAfter > options.RetryDelayMax)
            return null;
        var limit = options.RetryDelay;
        for (var i = 1; i < attempt && limit < options.RetryDelayMax; i++)
            limit *= 2;
        if (limit > options.RetryDelayMax)
            limit = options.RetryDelayMax;
        return (retryAfter ?? TimeSpan.Zero) + PartOf(limit);
    }

    private TimeSpan PartOf(TimeSpan limit)
    {
        Span<byte> bytes = stackalloc byte[4];
        options.FillRandom(bytes);
        var part = (decimal)BinaryPrimitives.ReadUInt32BigEndian(bytes) / uint.MaxValue;
        return TimeSpan.FromTicks((long)(limit.Ticks * part));
    }
}

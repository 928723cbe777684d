using System.Buffers.Binary;

namespace Paydown.Client;

/// <summary>
/// The pause before a retry: random, up to a limit that doubles with each attempt, plus the time the server asks for.
/// Randomness keeps clients that failed together from coming back together.
/// </summary>
internal sealed class Pauses(PaydownClientOptions options)
{
    /// <summary>The pause after an attempt; null if it was the last one.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="retryAfter">The pause the server asks for; null if it does not.</param>
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

using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform;

/// <summary>
/// Creates ids: UUIDs of version 7 (RFC 9562), which sort by their time of creation. Within a millisecond, a counter
/// keeps the order on one server.
/// </summary>
public sealed class Ids(TimeProvider time)
{
    private readonly Lock gate = new();
    private long lastMillisecond;
    private int counter;

    /// <summary>Returns a new id, greater than all earlier ones of this object.</summary>
    public Guid Next()
    {
        long millisecond;
        int order;
        lock (gate)
        {
            millisecond = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), lastMillisecond);
            counter = millisecond == lastMillisecond ? counter + 1 : 0;
            if (counter > 0xFFF)
                (millisecond, counter) = (millisecond + 1, 0);
            lastMillisecond = millisecond;
            order = counter;
        }

        Span<byte> bytes = stackalloc byte[16];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes[8..]);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, millisecond << 16 | (long)(0x7000 | order));
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Returns a new id of one kind.</summary>
    public TId Next<TId>()
        where TId : struct, IId<TId> => TId.Of(Next());
}

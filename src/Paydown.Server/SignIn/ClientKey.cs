using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Paydown.Server.SignIn;

/// <summary>
/// Names an address together with an account, by a SHA-256 of both: enough to know a client again, and nothing that
/// tells where somebody was. Of an IPv6 address only the first 64 bits count: whoever has one has all of them.
/// </summary>
public readonly record struct ClientKey
{
    private readonly byte[] hash;

    private ClientKey(byte[] hash, int addressSlot) => (this.hash, AddressSlot) = (hash, addressSlot);

    /// <summary>As it is stored.</summary>
    public byte[] Hash => hash;

    /// <summary>The first eight bytes as a number.</summary>
    public long Number => BinaryPrimitives.ReadInt64BigEndian(hash);

    /// <summary>What the address alone is counted by.</summary>
    public int AddressSlot { get; }

    /// <param name="account">The account.</param>
    /// <param name="address">Null: a Unix socket.</param>
    public static ClientKey Of(AccountKey account, IPAddress? address)
    {
        Span<byte> both = stackalloc byte[64];
        account.Hash.CopyTo(both);
        var written = WriteNetwork(address, both[account.Hash.Length..]);
        return new(SHA256.HashData(both[..(account.Hash.Length + written)]), SlotOf(address));
    }

    /// <summary>The slot of an address. HashCode is seeded per process, so nobody can aim at another's.</summary>
    public static int SlotOf(IPAddress? address)
    {
        Span<byte> network = stackalloc byte[16];
        var slot = new HashCode();
        slot.AddBytes(network[..WriteNetwork(address, network)]);
        return slot.ToHashCode();
    }

    private static int WriteNetwork(IPAddress? address, Span<byte> to)
    {
        if (address is null || !address.TryWriteBytes(to, out var length))
            return 0;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : length;
    }
}

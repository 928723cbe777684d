using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Paydown.Server.SignIn;

/// <summary>
/// Identifies an address together with an account, by a SHA-256 of both. It recognises a known client without revealing
/// where anyone was. Only the first 64 bits of an IPv6 address count, because its owner has all addresses below them.
/// </summary>
public readonly record struct ClientKey
{
    private readonly byte[] hash;

    private ClientKey(byte[] hash, int addressSlot) => (this.hash, AddressSlot) = (hash, addressSlot);

    /// <summary>The key's stored form.</summary>
    public byte[] Hash => hash;

    /// <summary>The first eight bytes as a number.</summary>
    public long Number => BinaryPrimitives.ReadInt64BigEndian(hash);

    /// <summary>The slot that counts the address alone.</summary>
    public int AddressSlot { get; }

    /// <param name="account">The account that signs in.</param>
    /// <param name="address">The client's address; null for a Unix socket.</param>
    public static ClientKey Of(AccountKey account, IPAddress? address)
    {
        Span<byte> both = stackalloc byte[64];
        account.Hash.CopyTo(both);
        var written = WriteNetwork(address, both[account.Hash.Length..]);
        return new(SHA256.HashData(both[..(account.Hash.Length + written)]), SlotOf(address));
    }

    /// <summary>
    /// The slot of an address. HashCode is seeded per process, so nobody can aim at another address's slot.
    /// </summary>
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

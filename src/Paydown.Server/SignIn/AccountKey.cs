using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.SignIn;

/// <summary>
/// The key by which failed sign-ins are counted: the SHA-256 of an e-mail in lower case. It exists whether or not
/// anyone has the e-mail.
/// </summary>
public readonly record struct AccountKey
{
    private readonly byte[] hash;

    private AccountKey(byte[] hash) => this.hash = hash;

    /// <summary>The key's stored form.</summary>
    public byte[] Hash => hash;

    /// <summary>The first eight bytes as a number, for locks and tables.</summary>
    public long Number => BinaryPrimitives.ReadInt64BigEndian(hash);

    public static AccountKey Of(string email) => new(SHA256.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
}

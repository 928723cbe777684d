using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.SignIn;

/// <summary>
/// What failed sign-ins are counted by: the SHA-256 of an e-mail in lower case, whether anybody has it or not.
/// </summary>
public readonly record struct AccountKey
{
    private readonly byte[] hash;

    private AccountKey(byte[] hash) => this.hash = hash;

    /// <summary>As it is stored.</summary>
    public byte[] Hash => hash;

    /// <summary>The first eight bytes as a number, for locks and tables.</summary>
    public long Number => BinaryPrimitives.ReadInt64BigEndian(hash);

    public static AccountKey Of(string email) => new(SHA256.HashData(Encoding.UTF8.GetBytes(email.ToLowerInvariant())));
}

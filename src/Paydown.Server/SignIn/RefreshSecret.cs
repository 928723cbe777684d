using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.SignIn;

/// <summary>A refresh token: 256 random bits in base64url. The server stores only its hash.</summary>
public static class RefreshSecret
{
    /// <summary>How long a refresh token is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>A token for the documentation; no sign-in has it.</summary>
    internal static string Example { get; } = new('A', 43);

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The stored hash. A plain hash suffices, because 256 random bits cannot be guessed.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// An API token: <c>pdk_</c>, by which people and scanners of secrets know it, and 256 random bits in base64url. The
/// server keeps only its hash.
/// </summary>
public static class ApiTokenSecret
{
    public const string Prefix = "pdk_";

    private const int SecretBytes = 32;
    private const int Length = 47;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether a text is meant as one; any other is an access token.</summary>
    public static bool IsMeant(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What is stored. A plain hash suffices: nobody can guess 256 bits.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>Whether it can be one at all.</summary>
    internal static bool IsWellFormed(string text) => text.Length == Length;
}

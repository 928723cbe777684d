using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// An API token: <c>pdk_</c>, by which people and secret scanners recognise it, and 256 random bits in base64url. The
/// server stores only its hash.
/// </summary>
public static class ApiTokenSecret
{
    public const string Prefix = "pdk_";

    private const int SecretBytes = 32;
    private const int Length = 47;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>True if a token is an API token; false if it is an access token.</summary>
    public static bool IsMeant(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Returns the hash that is stored. A plain hash suffices, because 256 bits cannot be guessed.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>True if the text has the form of an API token.</summary>
    internal static bool IsWellFormed(string text) => text.Length == Length;
}

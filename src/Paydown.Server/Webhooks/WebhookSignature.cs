using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.Webhooks;

/// <summary>
/// Secrets and signatures of webhooks, as Standard Webhooks 1.0.0 defines them: HMAC-SHA-256 over
/// <c>id.timestamp.body</c>, one signature per valid secret.
/// </summary>
public static class WebhookSignature
{
    private const string Prefix = "whsec_";
    private const int SecretBytes = 32;

    /// <summary>Creates a secret of 256 random bits.</summary>
    public static byte[] CreateSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The secret as a receiver configures it: <c>whsec_</c> and base64.</summary>
    public static string Write(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>Returns the value of the header <c>webhook-signature</c>.</summary>
    /// <param name="secrets">The valid secrets.</param>
    /// <param name="id">The id of the event, the same in every attempt.</param>
    /// <param name="at">The time of the attempt.</param>
    /// <param name="body">The body, byte for byte as it is sent.</param>
    public static string Sign(IEnumerable<byte[]> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at.ToUnixTimeSeconds()}."), .. body];
        return string.Join(
            ' ',
            secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)))
        );
    }
}

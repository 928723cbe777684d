using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace Paydown.Server.SignIn;

/// <summary>
/// The codes of authenticator apps (RFC 6238: SHA-1, 6 digits, 30 seconds, which every app supports), and recovery
/// codes, each of which stands in for one of them.
/// </summary>
public static class SecondFactorCodes
{
    /// <summary>The number of recovery codes.</summary>
    public const int RecoveryCodeCount = 10;

    // 80 random bits, so a plain hash suffices.
    private const int RecoveryCodeBytes = 10;
    private const int SecretBytes = 20;

    // One step to either side, for clocks that differ and people who type slowly.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Returns a new secret.</summary>
    public static byte[] CreateSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>Returns the secret as people type it: base32.</summary>
    public static string TextOf(byte[] secret) => Base32Encoding.ToString(secret);

    /// <summary>Returns the address that authenticator apps read from a QR code.</summary>
    public static string AddressOf(byte[] secret, string issuer, string email) =>
        new OtpUri(OtpType.Totp, secret, email, issuer).ToString();

    /// <summary>
    /// Returns the time step of a code; null if the code is wrong, or its step is not later than the last one.
    /// </summary>
    public static long? FindStep(SecondFactor factor, string code, DateTimeOffset now)
    {
        if (factor.Secret is null)
            return null;
        var isRight = new Totp(factor.Secret).VerifyTotp(
            now.UtcDateTime,
            code.Replace(" ", "", StringComparison.Ordinal),
            out var step,
            Window
        );
        return isRight && step > factor.LastStep ? step : null;
    }

    /// <summary>Returns new recovery codes, in groups of four characters.</summary>
    public static IReadOnlyList<string> CreateRecoveryCodes() =>
        [.. Enumerable.Range(0, RecoveryCodeCount).Select(_ => CreateRecoveryCode())];

    /// <summary>The stored hash of a recovery code, however it is typed.</summary>
    public static byte[] HashOf(string recoveryCode) =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes(
                recoveryCode
                    .Replace("-", "", StringComparison.Ordinal)
                    .Replace(" ", "", StringComparison.Ordinal)
                    .ToUpperInvariant()
            )
        );

    private static string CreateRecoveryCode() =>
        string.Join(
            '-',
            Base32Encoding
                .ToString(RandomNumberGenerator.GetBytes(RecoveryCodeBytes))
                .Chunk(4)
                .Select(four => new string(four))
        );
}

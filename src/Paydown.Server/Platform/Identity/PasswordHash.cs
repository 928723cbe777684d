using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// A password as it is stored: PBKDF2-HMAC-SHA-512 (RFC 8018) with a salt of its own, in the PHC string format
/// <c>$pbkdf2-sha512$i=210000$salt$hash</c>, which names algorithm and cost so that both can change.
/// </summary>
public sealed class PasswordHash
{
    /// <summary>What OWASP asks of this algorithm; about a tenth of a second of one core.</summary>
    public const int Iterations = 210_000;

    private const string Algorithm = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 64;
    private const int IterationsMax = 10_000_000;

    private readonly int iterations;
    private readonly byte[] salt;
    private readonly byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) =>
        (this.iterations, this.salt, this.hash) = (iterations, salt, hash);

    /// <summary>
    /// What the password of an unknown account is compared with, so that its refusal takes as long as any other. No
    /// password matches it.
    /// </summary>
    public static PasswordHash OfNobody { get; } =
        new(Iterations, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    /// <summary>
    /// True where it was made at a lower cost than today's: hash the password anew when it is next known.
    /// </summary>
    public bool IsOutdated => iterations < Iterations;

    /// <summary>
    /// Hashes a password, slowly by intent. To give one password to several users (a demo), hash it once and store the
    /// same hash for each of them.
    /// </summary>
    public static PasswordHash Create(string password) => Create(password, Iterations);

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="FormatException">It is no such form: what is stored was damaged.</exception>
    public static PasswordHash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException("This is not a password hash.");

    /// <summary>
    /// True where this is the password. Takes as long for a wrong one, and for an older, cheaper hash.
    /// </summary>
    public bool Verify(string password)
    {
        var derived = Derive(password, salt, iterations);
        // Else an account whose hash is old would answer sooner, and so be known to exist.
        if (IsOutdated)
            Derive(password, salt, Iterations - iterations);
        return CryptographicOperations.FixedTimeEquals(derived, hash);
    }

    /// <summary>The stored form.</summary>
    public override string ToString() => $"${Algorithm}$i={iterations}${Encode(salt)}${Encode(hash)}";

    internal static PasswordHash Create(string password, int iterations)
    {
        var fresh = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, fresh, Derive(password, fresh, iterations));
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? parsed)
    {
        parsed = null;
        var parts = text.Split('$');
        if (parts is not ["", Algorithm, ['i', '=', .. var cost], var saltText, var hashText])
            return false;
        if (!int.TryParse(cost, out var count) || count is < 1 or > IterationsMax)
            return false;
        if (!TryDecode(saltText, SaltBytes, out var bytes))
            return false;
        if (!TryDecode(hashText, HashBytes, out var hashed))
            return false;
        parsed = new PasswordHash(count, bytes, hashed);
        return true;
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password),
            salt,
            iterations,
            HashAlgorithmName.SHA512,
            HashBytes
        );

    // The PHC format writes base64 without padding.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryDecode(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return text.Length == (length * 4 + 2) / 3
            && Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var written)
            && written == length;
    }
}

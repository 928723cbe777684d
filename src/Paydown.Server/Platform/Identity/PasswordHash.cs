using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// A stored password: PBKDF2-HMAC-SHA-512 (RFC 8018) with a random salt, in the PHC string format
/// <c>$pbkdf2-sha512$i=210000$salt$hash</c>. The format names algorithm and cost, so both can change.
/// </summary>
public sealed class PasswordHash
{
    /// <summary>OWASP's recommendation for this algorithm; about a tenth of a second on one core.</summary>
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
    /// A hash that no password matches. The password for an unknown account is compared with it, so the refusal takes
    /// as long as any other.
    /// </summary>
    public static PasswordHash OfNobody { get; } =
        new(Iterations, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    /// <summary>
    /// True if the hash has a lower cost than the current one. Hash the password again at the next sign-in.
    /// </summary>
    public bool IsOutdated => iterations < Iterations;

    /// <summary>
    /// Hashes a password. This is slow on purpose. To give several demo users the same password, hash it once and store
    /// the hash for each.
    /// </summary>
    public static PasswordHash Create(string password) => Create(password, Iterations);

    /// <summary>Parses the stored form.</summary>
    /// <exception cref="FormatException">The text does not have that form.</exception>
    public static PasswordHash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException("This is not a password hash.");

    /// <summary>
    /// True if the password is right. It takes the same time for a wrong password and for an older, cheaper hash.
    /// </summary>
    public bool Verify(string password)
    {
        var derived = Derive(password, salt, iterations);
        // Otherwise an account with an older hash would respond faster, which reveals that it exists.
        if (IsOutdated)
            Derive(password, salt, Iterations - iterations);
        return CryptographicOperations.FixedTimeEquals(derived, hash);
    }

    /// <summary>Returns the stored form.</summary>
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

    // The PHC format has base64 without padding.
    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryDecode(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return text.Length == (length * 4 + 2) / 3
            && Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var written)
            && written == length;
    }
}

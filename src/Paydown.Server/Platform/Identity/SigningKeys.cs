using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Identity;

/// <summary>A secret that signs access tokens. It is never logged; <c>ToString</c> returns its id.</summary>
public sealed class SigningKey
{
    private const int SecretBytes = 64;

    public SigningKey(SigningKeyId id, byte[] secret, DateTimeOffset signsFrom)
    {
        Id = id;
        Secret = secret;
        SignsFrom = signsFrom;
        Key = new SymmetricSecurityKey(secret) { KeyId = id.ToString() };
        Credentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256);
    }

    /// <summary>The id, which its tokens carry as <c>kid</c>.</summary>
    public SigningKeyId Id { get; }

    /// <summary>When it starts to sign new tokens.</summary>
    public DateTimeOffset SignsFrom { get; }

    internal byte[] Secret { get; }

    internal SymmetricSecurityKey Key { get; }

    internal SigningCredentials Credentials { get; }

    /// <summary>Creates a key with a new secret.</summary>
    public static SigningKey Create(SigningKeyId id, DateTimeOffset signsFrom) =>
        new(id, RandomNumberGenerator.GetBytes(SecretBytes), signsFrom);

    public override string ToString() => Id.ToString();
}

/// <summary>The signing keys that this server knows; all servers on one database share them.</summary>
/// <param name="time">The clock.</param>
/// <param name="reload">Reads the keys from the database again, for a token with an unknown key.</param>
public sealed class SigningKeys(
    TimeProvider time,
    Func<CancellationToken, Task<IReadOnlyList<SigningKey>>>? reload = null
)
{
    private static readonly TimeSpan ReloadPause = TimeSpan.FromSeconds(1);

    private FrozenDictionary<string, SigningKey> byId = FrozenDictionary<string, SigningKey>.Empty;
    private long reloadedAt = long.MinValue;
    private int reloading;

    /// <summary>
    /// The key for new tokens: the youngest that may sign; the oldest if by this server's clock none may sign yet.
    /// </summary>
    /// <exception cref="InvalidOperationException">No key is loaded, because the server has not started.</exception>
    public SigningKey Current
    {
        get
        {
            var now = time.GetUtcNow();
            return byId.Values.Where(key => key.SignsFrom <= now).MaxBy(key => (key.SignsFrom, key.Id.Value))
                ?? byId.Values.MinBy(key => key.SignsFrom)
                ?? throw new InvalidOperationException("No signing key is loaded.");
        }
    }

    /// <summary>Replaces the known keys.</summary>
    public void Replace(IReadOnlyList<SigningKey> keys)
    {
        var known = byId;
        // A known key stays the same object, which keeps what is cached for it.
        byId = keys.Select(key => known.GetValueOrDefault(key.Id.ToString()) ?? key)
            .ToFrozenDictionary(key => key.Id.ToString(), StringComparer.Ordinal);
    }

    /// <summary>Returns the key with a <c>kid</c>; null if it is unknown.</summary>
    public bool TryFind(string kid, [NotNullWhen(true)] out SigningKey? key) => byId.TryGetValue(kid, out key);

    /// <summary>Looks up an unknown <c>kid</c> in the database, at most once a second in all.</summary>
    /// <returns>True if the key is known now.</returns>
    public async ValueTask<bool> LearnAsync(string kid, CancellationToken cancellation)
    {
        // Only if it has the form of our ids, because anyone can send a kid.
        if (reload is null || byId.ContainsKey(kid) || !IdText.TryParse(kid, "D", out SigningKeyId _))
            return false;
        // Requests during a reload are refused rather than queued, so invented kids cannot pile up.
        if (Interlocked.Exchange(ref reloading, 1) != 0)
            return false;
        try
        {
            if (reloadedAt != long.MinValue && time.GetElapsedTime(reloadedAt) < ReloadPause)
                return false;
            reloadedAt = time.GetTimestamp();
            Replace(await reload(cancellation));
        }
        finally
        {
            Volatile.Write(ref reloading, 0);
        }

        return byId.ContainsKey(kid);
    }
}

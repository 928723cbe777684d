using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Paydown.Server.Platform.Identity;

/// <summary>A secret that signs access tokens. It is never logged: its text is its id.</summary>
public sealed class SigningKey
{
    private const int SecretBytes = 64;

    public SigningKey(Guid id, byte[] secret, DateTimeOffset signsFrom)
    {
        Id = id;
        Secret = secret;
        SignsFrom = signsFrom;
        Key = new SymmetricSecurityKey(secret) { KeyId = id.ToString() };
        Credentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256);
    }

    /// <summary>The <c>kid</c> of its tokens.</summary>
    public Guid Id { get; }

    /// <summary>From when on new tokens are signed with it.</summary>
    public DateTimeOffset SignsFrom { get; }

    internal byte[] Secret { get; }

    internal SymmetricSecurityKey Key { get; }

    internal SigningCredentials Credentials { get; }

    /// <summary>A new secret.</summary>
    public static SigningKey Create(Guid id, DateTimeOffset signsFrom) =>
        new(id, RandomNumberGenerator.GetBytes(SecretBytes), signsFrom);

    public override string ToString() => Id.ToString();
}

/// <summary>The signing keys that this server knows; all servers on one database share them.</summary>
/// <param name="time">The clock.</param>
/// <param name="reload">Reads them anew from the database, for a token of a key that is not known here yet.</param>
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
    /// The key for new tokens: the youngest whose time has come; the oldest, where by this server's clock none has.
    /// </summary>
    /// <exception cref="InvalidOperationException">None is loaded: the server has not started.</exception>
    public SigningKey Current
    {
        get
        {
            var now = time.GetUtcNow();
            return byId.Values.Where(key => key.SignsFrom <= now).MaxBy(key => (key.SignsFrom, key.Id))
                ?? byId.Values.MinBy(key => key.SignsFrom)
                ?? throw new InvalidOperationException("No signing key is loaded.");
        }
    }

    /// <summary>Takes these keys in place of those known.</summary>
    public void Replace(IReadOnlyList<SigningKey> keys)
    {
        var known = byId;
        // A key that is known stays the same object, and so does what is cached for it.
        byId = keys.Select(key => known.GetValueOrDefault(key.Id.ToString()) ?? key)
            .ToFrozenDictionary(key => key.Id.ToString(), StringComparer.Ordinal);
    }

    /// <summary>The key of a <c>kid</c>, where it is known here.</summary>
    public bool TryFind(string kid, [NotNullWhen(true)] out SigningKey? key) => byId.TryGetValue(kid, out key);

    /// <summary>Looks for an unknown <c>kid</c> in the database, at most once a second for all of them.</summary>
    /// <returns>True where it is known now, and was not before.</returns>
    public async ValueTask<bool> LearnAsync(string kid, CancellationToken cancellation)
    {
        // Only what looks like one of ours: anybody can send a kid.
        if (reload is null || byId.ContainsKey(kid) || !Guid.TryParseExact(kid, "D", out _))
            return false;
        // Who comes while another reloads is refused rather than made to wait: invented kids must not pile up.
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

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Pages;

/// <summary>
/// The sessions of browsers. A cookie holds 256 random bits that stand for a sign-in; the tokens of the API never reach
/// the browser. A session ends when it is not used, at the latest after its longest time, and at once when the sign-in
/// is revoked (docs/decisions/0042).
/// </summary>
public sealed class PageSessions(
    PageSessionStore store,
    NpgsqlDataSource database,
    AccessTokens tokens,
    RevokedSessions revoked,
    TimeProvider time
)
{
    private const int CookieBytes = 32;
    internal const int CookieLength = 43;
    private const int CachedMax = 10_000;

    private static readonly TimeSpan BorrowerIdleMax = TimeSpan.FromDays(7);
    private static readonly TimeSpan BorrowerMax = TimeSpan.FromDays(30);
    private static readonly TimeSpan StaffIdleMax = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan StaffMax = TimeSpan.FromHours(12);

    // Shorter than revocations are remembered, so that a cached session is never used after its sign-in was revoked.
    private static readonly TimeSpan Cached = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, CachedSession> cache = new(StringComparer.Ordinal);

    /// <summary>Stores a session for an access token that was just issued.</summary>
    /// <returns>The value of the cookie.</returns>
    public async Task<string> BeginAsync(string accessToken)
    {
        if (!tokens.TryAuthenticate(accessToken, out var caller))
            throw new InvalidOperationException("The access token of a sign-in is valid.");
        var cookie = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CookieBytes));
        var now = time.GetUtcNow();
        await store.AddAsync(HashOf(cookie), caller.SessionId, now, now + LongestOf(caller.Role));
        return cookie;
    }

    /// <summary>Returns the open session of a cookie; null if there is none.</summary>
    public async ValueTask<SignedInPage?> FindAsync(string cookie, CancellationToken cancellation)
    {
        if (cookie.Length != CookieLength)
            return null;
        var now = time.GetUtcNow();
        if (
            cache.TryGetValue(cookie, out var cached)
            && now < cached.Until
            && !revoked.Contains(cached.Page.Session.SessionId)
        )
            return cached.Page;
        var hash = HashOf(cookie);
        if (
            await store.FindAsync(hash, now, cancellation) is not { } found
            || now - found.SeenAt > IdleMaxOf(found.User.Role)
        )
        {
            cache.TryRemove(cookie, out _);
            return null;
        }

        if (now - found.SeenAt >= SeenEvery)
            await SeeAsync(hash, now, cancellation);
        var page = new SignedInPage(found, tokens.Issue(CallerOf(found)), FormTokenOf(cookie));
        if (cache.Count >= CachedMax)
            cache.Clear();
        cache[cookie] = new CachedSession(page, now + Cached);
        return page;
    }

    /// <summary>Reads the session again at its next request: what its user may do has changed.</summary>
    public void Forget(string cookie) => cache.TryRemove(cookie, out _);

    /// <summary>Forgets a cookie, and lets its sign-in go on.</summary>
    public Task RemoveAsync(string cookie)
    {
        cache.TryRemove(cookie, out _);
        return store.RemoveAsync(HashOf(cookie));
    }

    /// <summary>Ends the sign-in of a cookie on every server.</summary>
    public async Task EndAsync(string cookie)
    {
        cache.TryRemove(cookie, out _);
        if (cookie.Length != CookieLength)
            return;
        var (hash, now) = (HashOf(cookie), time.GetUtcNow());
        if (await store.FindAsync(hash, now, CancellationToken.None) is { } found)
            await EndSignInAsync(found, now);
        await store.RemoveAsync(hash);
    }

    private async Task SeeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await store.SeeAsync(hash, now, cancellation);
        }
        catch (PostgresException exception) when (DatabaseFailures.IsMoving(exception))
        {
            // Pages can still be read.
        }
    }

    private async Task EndSignInAsync(OpenPageSession found, DateTimeOffset now)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, CancellationToken.None);
        var (connection, id) = (transaction.Connection, found.SessionId);
        if (!await SignInStore.LockSessionAsync(connection, found.User.Id, id, CancellationToken.None))
            return;
        await SignInStore.EndSessionAsync(connection, id, RevocationCause.Logout, now, CancellationToken.None);
        await transaction.CommitAsync();
        revoked.Add(id, SignInStore.AccessEndOf(now));
    }

    private static TimeSpan LongestOf(Role role) => role == Role.Customer ? BorrowerMax : StaffMax;

    private static TimeSpan IdleMaxOf(Role role) => role == Role.Customer ? BorrowerIdleMax : StaffIdleMax;

    private static Caller CallerOf(OpenPageSession found) =>
        new(
            found.User.Id,
            found.User.OrganisationId,
            found.User.Role,
            found.SessionId,
            MustSetUpSecondFactor: found.MustSetUpSecondFactor
        );

    private static byte[] HashOf(string cookie) => SHA256.HashData(Encoding.UTF8.GetBytes(cookie));

    /// <summary>
    /// The token of the forms of a session: only its pages know it, so no other site can send its forms.
    /// </summary>
    internal static string FormTokenOf(string cookie) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(cookie), "form"u8));

    private sealed record CachedSession(SignedInPage Page, DateTimeOffset Until);
}

/// <summary>The session of a browser with the tokens that stand for it.</summary>
/// <param name="Session">The session.</param>
/// <param name="AccessToken">The token of the calls of its pages.</param>
/// <param name="FormToken">The token of its forms.</param>
public sealed record SignedInPage(OpenPageSession Session, string AccessToken, string FormToken)
{
    // A record would write the tokens.
    public override string ToString() => Session.SessionId.ToString();
}

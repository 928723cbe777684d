using System.Collections.Concurrent;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// The sessions whose access tokens count no longer although they have not expired: this server's copy of the table
/// <c>revoked_session</c>, kept by <see cref="RevocationFeed"/>. Asked on every request.
/// </summary>
public sealed class RevokedSessions
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> accessUntil = new();

    public int Count => accessUntil.Count;

    /// <summary>From now on, no access token of this session counts.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="until">When its last access token expires; from then on it need not be remembered.</param>
    public void Add(Guid sessionId, DateTimeOffset until) => accessUntil[sessionId] = until;

    public bool Contains(Guid sessionId) => accessUntil.ContainsKey(sessionId);

    /// <summary>Forgets the sessions whose access tokens have all expired.</summary>
    public void ForgetExpired(DateTimeOffset now)
    {
        foreach (var (sessionId, until) in accessUntil)
        {
            if (until <= now)
                accessUntil.TryRemove(sessionId, out _);
        }
    }
}

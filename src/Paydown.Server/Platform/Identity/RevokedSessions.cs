using System.Collections.Concurrent;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// The sessions whose access tokens are revoked although they have not expired: this server's copy of the table
/// <c>revoked_session</c>, kept up to date by <see cref="RevocationFeed"/>. Every request checks it.
/// </summary>
public sealed class RevokedSessions
{
    private readonly ConcurrentDictionary<SessionId, DateTimeOffset> accessUntil = new();

    public int Count => accessUntil.Count;

    /// <summary>Revokes all access tokens of a session.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="until">When its last access token expires, and the session can be forgotten.</param>
    public void Add(SessionId sessionId, DateTimeOffset until) => accessUntil[sessionId] = until;

    /// <summary>Revokes all access tokens of several sessions.</summary>
    public void AddAll(IEnumerable<SessionId> sessionIds, DateTimeOffset until)
    {
        foreach (var sessionId in sessionIds)
            Add(sessionId, until);
    }

    public bool Contains(SessionId sessionId) => accessUntil.ContainsKey(sessionId);

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

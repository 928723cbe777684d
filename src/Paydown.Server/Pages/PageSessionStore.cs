using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Pages;

/// <summary>A page session that is still open.</summary>
/// <param name="SessionId">The sign-in that it belongs to.</param>
/// <param name="User">Who signed in.</param>
/// <param name="SeenAt">When it was last used, to about a minute.</param>
/// <param name="MustSetUpSecondFactor">True if the user must set up a second factor first.</param>
public sealed record OpenPageSession(SessionId SessionId, User User, DateTimeOffset SeenAt, bool MustSetUpSecondFactor);

/// <summary>
/// The SQL of page sessions. The cookie of a browser is stored as its hash only. Rows are deleted with their sign-in.
/// </summary>
public sealed class PageSessionStore(NpgsqlDataSource database)
{
    private static readonly string Find = $"""
        select {User.Columns}, p.session_id, p.seen_at,
               o.requires_second_factor and u.role <> 'CUSTOMER'
                 and not exists (select from second_factor f where f.user_id = u.id and f.confirmed_at is not null)
                 as must_set_up
        from page_session p
        join user_session s on s.id = p.session_id
        join app_user u on u.id = s.user_id
        join organisation o on o.id = u.organisation_id
        where p.hash = $1 and p.ends_at > $2 and s.revoked_at is null and u.disabled_at is null
        """;

    /// <summary>Returns the open session of a cookie; null if there is none.</summary>
    public async Task<OpenPageSession?> FindAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Find);
        command.Parameters.Add(Sql.Value(hash));
        command.Parameters.Add(Sql.Value(now));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new OpenPageSession(
                reader.Id<SessionId>("session_id"),
                User.Read(reader),
                reader.Instant("seen_at"),
                reader.Boolean("must_set_up")
            )
            : null;
    }

    /// <summary>Stores a session of a browser.</summary>
    public Task AddAsync(byte[] hash, SessionId sessionId, DateTimeOffset now, DateTimeOffset endsAt) =>
        WriteTransaction.RunAsync(
            database,
            "insert into page_session (hash, session_id, seen_at, ends_at) values ($1, $2, $3, $4)",
            CancellationToken.None,
            Sql.Value(hash),
            Sql.Value(sessionId),
            Sql.Value(now),
            Sql.Value(endsAt)
        );

    /// <summary>Stores that a session is in use.</summary>
    public Task SeeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellation) =>
        WriteTransaction.RunAsync(
            database,
            "update page_session set seen_at = $2 where hash = $1 and seen_at < $2",
            cancellation,
            Sql.Value(hash),
            Sql.Value(now)
        );

    /// <summary>Deletes the session of a cookie.</summary>
    public Task RemoveAsync(byte[] hash) =>
        WriteTransaction.RunAsync(
            database,
            "delete from page_session where hash = $1",
            CancellationToken.None,
            Sql.Value(hash)
        );
}

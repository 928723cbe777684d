using System.Globalization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>The revoked sessions in the database, and their notifications to all servers.</summary>
public static class RevocationStore
{
    /// <summary>
    /// The channel that notifies all servers of a revoked session: its id, and when it may be forgotten in Unix
    /// seconds.
    /// </summary>
    internal const string Channel = "paydown_session_revoked";

    /// <summary>
    /// Revokes the access tokens of a session, in the transaction of the connection. After the commit, add the session
    /// to <see cref="RevokedSessions"/> before responding; the other servers are notified by the commit.
    /// </summary>
    public static async Task RevokeAsync(
        NpgsqlConnection connection,
        SessionId sessionId,
        DateTimeOffset now,
        DateTimeOffset until,
        CancellationToken token
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(
                    """
                    insert into revoked_session (session_id, access_until, revoked_at) values ($1, $2, $3)
                    on conflict (session_id) do nothing
                    """
                )
                {
                    Parameters = { Sql.Value(sessionId), Sql.Value(until), Sql.Value(now) },
                },
                new("select pg_notify($1, $2)")
                {
                    Parameters = { Sql.Value(Channel), Sql.Value(Write(sessionId, until)) },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(token);
    }

    /// <summary>Adds the sessions that were revoked since an instant and still matter to a server's set.</summary>
    internal static async Task LoadAsync(
        NpgsqlConnection connection,
        DateTimeOffset since,
        DateTimeOffset now,
        RevokedSessions into,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            "select session_id, access_until from revoked_session where revoked_at >= $1 and access_until > $2",
            connection
        )
        {
            Parameters = { Sql.Value(since), Sql.Value(now) },
        };
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
            into.Add(reader.Id<SessionId>("session_id"), reader.Instant("access_until"));
    }

    /// <summary>Deletes the sessions whose tokens have expired.</summary>
    internal static Task RemoveExpiredAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken token) =>
        WriteTransaction.RunAsync(
            database,
            "delete from revoked_session where access_until <= $1",
            token,
            Sql.Value(now)
        );

    /// <summary>Parses a notification; false if it has another form.</summary>
    internal static bool TryRead(string payload, out SessionId sessionId, out DateTimeOffset until)
    {
        until = default;
        var space = payload.IndexOf(' ', StringComparison.Ordinal);
        sessionId = default;
        if (space < 0 || !IdText.TryParse(payload.AsSpan(0, space), "D", out sessionId))
            return false;
        if (
            !long.TryParse(payload.AsSpan(space + 1), NumberStyles.None, null, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        )
            return false;
        until = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    // Rounded up, because a second too long does no harm.
    private static string Write(SessionId sessionId, DateTimeOffset until) =>
        $"{sessionId} {until.ToUnixTimeSeconds() + 1}";
}

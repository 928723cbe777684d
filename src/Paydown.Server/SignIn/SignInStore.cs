using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.SignIn;

/// <summary>A user who may be signing in.</summary>
/// <param name="User">The user with the e-mail.</param>
/// <param name="Password">The stored hash; null if an invitation is to set it.</param>
/// <param name="IsKnown">True if this user has recently signed in from the client.</param>
/// <param name="LockedUntil">
/// Until when failures lock the user: for a known client its own, otherwise those of all clients. Null if they do not.
/// </param>
/// <param name="UnlockedAt">Failures until then do not count for the user; null if all count.</param>
public sealed record Candidate(
    User User,
    PasswordHash? Password,
    bool IsKnown,
    DateTimeOffset? LockedUntil,
    DateTimeOffset? UnlockedAt
);

/// <summary>The users and failures of an e-mail, before a password is checked.</summary>
/// <param name="LockedUntil">Until when failures lock any sign-in with the e-mail; null if they do not.</param>
/// <param name="Users">The users with this e-mail, oldest first: at most one per lender, or none.</param>
public sealed record Candidates(DateTimeOffset? LockedUntil, IReadOnlyList<Candidate> Users)
{
    /// <summary>True if any of the users has recently signed in from the client.</summary>
    public bool IsKnown => Users.Any(user => user.IsKnown);

    /// <summary>
    /// Returns until when no password is checked; null if it is. Failures of strangers do not lock out a known client,
    /// and a user who was unlocked is not locked by the failures before.
    /// </summary>
    public DateTimeOffset? FindLock(DateTimeOffset now)
    {
        if (!IsKnown && !(LockedUntil > now))
            return null;
        var users = IsKnown ? Users.Where(user => user.IsKnown) : Users;
        var locks = users.Select(user => user.LockedUntil).Append(IsKnown ? null : LockedUntil).ToList();
        if (users.Any(user => !(user.LockedUntil > now)))
            return null;
        return locks.Max();
    }
}

/// <summary>A stored refresh token and its sign-in.</summary>
public sealed record FoundToken(SessionId SessionId, User User, DateTimeOffset ExpiresAt, bool IsSpent, bool IsRevoked);

/// <summary>The SQL of signing in.</summary>
public sealed class SignInStore(NpgsqlDataSource database)
{
    private const string LockWaitMax = "set local lock_timeout = '5s'";

    // The sessions that expire after $5 were refreshed so recently that an access token may still be valid.
    private const string EndAll = """
        update user_session set revoked_at = $2, revoked_for = $3
        where user_id = $1 and revoked_at is null and id is distinct from $4
        returning id, expires_at > $5 as has_access
        """;

    // A client is known by a sign-in, or by a password that was set with a mailed token.
    private static readonly string FindCandidates = $"""
        select {User.Columns}, u.password_hash, u.unlocked_at, known.here as is_known,
               {SignInFailures.LockedUntil(
                   """
                   f.account = $2 and f.failed_at > $3 and (f.client = $6 or not known.here)
                   and (f.organisation_id = u.organisation_id or f.organisation_id is null)
                   and (u.unlocked_at is null or f.failed_at > u.unlocked_at)
                   """
               )} as locked_until
        from app_user u
        cross join lateral (
          select exists (
            select from user_session s
            where s.user_id = u.id and s.client = $6 and s.revoked_for is distinct from 'TOKEN_REUSED')
          or exists (
            select from one_time_token t
            where t.user_id = u.id and t.client = $6 and t.purpose in ('INVITATION', 'PASSWORD_RESET')) as here
        ) known
        where lower(u.email) = $1 and ($4::uuid is null or u.organisation_id = $4) and u.disabled_at is null
        order by u.recorded_at, u.id
        limit $5
        """;

    /// <summary>Begins a transaction for one decision and its effects.</summary>
    public Task<WriteTransaction> BeginAsync(CancellationToken token) => WriteTransaction.BeginAsync(database, token);

    /// <summary>
    /// Reads the users and failures of an e-mail. It does the same work whether or not a user has the e-mail.
    /// </summary>
    /// <param name="email">The e-mail as sent.</param>
    /// <param name="account">The key that failures are counted by.</param>
    /// <param name="client">The source of the attempt.</param>
    /// <param name="organisationId">The lender; null for all lenders.</param>
    /// <param name="failedSince">The start of the longest window in which failures count.</param>
    /// <param name="usersMax">The maximum number of users to read.</param>
    /// <param name="token">Cancels the statements.</param>
    public async Task<Candidates> ReadCandidatesAsync(
        string email,
        AccountKey account,
        ClientKey client,
        OrganisationId? organisationId,
        DateTimeOffset failedSince,
        int usersMax,
        CancellationToken token
    )
    {
        await using var connection = await database.OpenConnectionAsync(token);
        var lockedUntil = await SignInFailures.FindLockAsync(
            connection,
            account,
            null,
            organisationId,
            failedSince,
            token
        );
        await using var command = new NpgsqlCommand(FindCandidates, connection)
        {
            Parameters =
            {
                // Failures are counted by this lower-case form, so no other spelling may find the user.
                Sql.Value(email.ToLowerInvariant()),
                Sql.Value(account.Hash),
                Sql.Value(failedSince),
                Sql.Value(organisationId, NpgsqlDbType.Uuid),
                Sql.Value(usersMax),
                Sql.Value(client.Hash),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(token);
        var users = new List<Candidate>();
        while (await reader.ReadAsync(token))
        {
            users.Add(
                new(
                    User.Read(reader),
                    reader.TextOrNull("password_hash") is { } hash ? PasswordHash.Parse(hash) : null,
                    reader.Boolean("is_known"),
                    reader.InstantOrNull("locked_until"),
                    reader.InstantOrNull("unlocked_at")
                )
            );
        }

        return new Candidates(lockedUntil, users);
    }

    /// <summary>
    /// Returns true if the user may still sign in with the password that was checked, and locks the user until the
    /// transaction ends. A password that was changed, or a user who was disabled, in between is seen here or waits.
    /// </summary>
    public static async Task<bool> MayStillSignInAsync(
        NpgsqlConnection connection,
        Candidate candidate,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            "select true from app_user where id = $1 and password_hash = $2 and disabled_at is null for share",
            connection
        )
        {
            Parameters = { Sql.Value(candidate.User.Id), Sql.Value($"{candidate.Password}") },
        };
        return await command.ExecuteScalarAsync(token) is true;
    }

    /// <summary>
    /// Writes a new sign-in with its first refresh token, and deletes the earlier failures at the same lender.
    /// </summary>
    public static async Task StartSessionAsync(
        NpgsqlConnection connection,
        AccountKey account,
        ClientKey client,
        bool isKnown,
        Caller caller,
        byte[] tokenHash,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(
                    """
                    insert into user_session (id, user_id, signed_in_at, expires_at, client)
                    values ($1, $2, $3, $4, $5)
                    """
                )
                {
                    Parameters =
                    {
                        Sql.Value(caller.SessionId),
                        Sql.Value(caller.UserId),
                        Sql.Value(now),
                        Sql.Value(now + RefreshSecret.Lifetime),
                        Sql.Value(client.Hash),
                    },
                },
                AddToken(caller.SessionId, tokenHash, now),
            },
        };
        SignInFailures.AddClearTo(batch, account, client, isKnown, caller.OrganisationId);
        await batch.ExecuteNonQueryAsync(token);
    }

    /// <summary>
    /// Stores the hash of the same password at a higher cost, unless the password has changed since.
    /// </summary>
    public Task RaisePasswordCostAsync(UserId userId, PasswordHash from, PasswordHash to, CancellationToken token) =>
        UserStore.ReplacePasswordAsync(database, userId, from, to, token);

    /// <summary>Returns a refresh token with its sign-in and locks the sign-in until the transaction ends.</summary>
    public static async Task<FoundToken?> FindTokenLockedAsync(
        NpgsqlConnection connection,
        byte[] hash,
        CancellationToken token
    )
    {
        // Two statements: the second must see what the previous holder of the lock did to the token.
        await using var locking = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(LockWaitMax),
                new(
                    """
                    select from user_session
                    where id = (select session_id from refresh_token where hash = $1)
                    for update
                    """
                )
                {
                    Parameters = { Sql.Value(hash) },
                },
            },
        };
        await locking.ExecuteNonQueryAsync(token);
        await using var command = new NpgsqlCommand(
            $"""
            select {User.Columns}, s.id as session_id, t.expires_at, t.spent_at is not null as is_spent,
                   s.revoked_at is not null as is_revoked
            from refresh_token t
            join user_session s on s.id = t.session_id
            join app_user u on u.id = s.user_id
            where t.hash = $1
            """,
            connection
        )
        {
            Parameters = { Sql.Value(hash) },
        };
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token)
            ? new FoundToken(
                reader.Id<SessionId>("session_id"),
                User.Read(reader),
                reader.Instant("expires_at"),
                reader.Boolean("is_spent"),
                reader.Boolean("is_revoked")
            )
            : null;
    }

    /// <summary>Spends a refresh token and stores the next one of its session.</summary>
    public static async Task ReplaceTokenAsync(
        NpgsqlConnection connection,
        SessionId sessionId,
        byte[] spent,
        byte[] next,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("update refresh_token set spent_at = $2 where hash = $1")
                {
                    Parameters = { Sql.Value(spent), Sql.Value(now) },
                },
                AddToken(sessionId, next, now),
                new("update user_session set expires_at = $2 where id = $1")
                {
                    Parameters = { Sql.Value(sessionId), Sql.Value(now + RefreshSecret.Lifetime) },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(token);
    }

    /// <summary>Ends a sign-in: revokes its refresh tokens, and its access tokens on every server.</summary>
    /// <param name="connection">A connection whose transaction has locked the sign-in.</param>
    /// <param name="sessionId">The sign-in.</param>
    /// <param name="because">The cause.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="token">Cancels the statements.</param>
    public static async Task EndSessionAsync(
        NpgsqlConnection connection,
        SessionId sessionId,
        RevocationCause because,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            "update user_session set revoked_at = $2, revoked_for = $3 where id = $1 and revoked_at is null",
            connection
        )
        {
            Parameters = { Sql.Value(sessionId), Sql.Value(now), Sql.Value(Words.Write(because)) },
        };
        await command.ExecuteNonQueryAsync(token);
        await RevocationStore.RevokeAsync(connection, sessionId, now, AccessEndOf(now), token);
    }

    /// <summary>Locks a session of a user until the transaction ends.</summary>
    /// <returns>False if the user has no such session, or it has ended.</returns>
    public static async Task<bool> LockSessionAsync(
        NpgsqlConnection connection,
        UserId userId,
        SessionId sessionId,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            "select true from user_session where id = $1 and user_id = $2 and revoked_at is null for update",
            connection
        )
        {
            Parameters = { Sql.Value(sessionId), Sql.Value(userId) },
        };
        return await command.ExecuteScalarAsync(token) is true;
    }

    /// <summary>Ends all sessions of a user, on every server.</summary>
    /// <param name="connection">A connection whose transaction has locked the user, so no session begins.</param>
    /// <param name="userId">The user.</param>
    /// <param name="except">A session that continues; null for none.</param>
    /// <param name="because">The cause.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="token">Cancels the statements.</param>
    /// <returns>The ended sessions, to revoke on this server after the commit.</returns>
    public static async Task<IReadOnlyList<SessionId>> EndSessionsAsync(
        NpgsqlConnection connection,
        UserId userId,
        SessionId? except,
        RevocationCause because,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        var ended = new List<SessionId>();
        await using (var command = new NpgsqlCommand(EndAll, connection))
        {
            command.Parameters.Add(Sql.Value(userId));
            command.Parameters.Add(Sql.Value(now));
            command.Parameters.Add(Sql.Value(Words.Write(because)));
            command.Parameters.Add(Sql.Value(except, NpgsqlDbType.Uuid));
            // Until then, its last access token has expired.
            command.Parameters.Add(Sql.Value(now - (AccessEndOf(now) - now) + RefreshSecret.Lifetime));
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
            {
                if (reader.Boolean("has_access"))
                    ended.Add(reader.Id<SessionId>("id"));
            }
        }

        foreach (var sessionId in ended)
            await RevocationStore.RevokeAsync(connection, sessionId, now, AccessEndOf(now), token);
        return ended;
    }

    /// <summary>Deletes the expired sign-ins.</summary>
    public static Task RemoveExpiredAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken token) =>
        WriteTransaction.RunAsync(database, "delete from user_session where expires_at <= $1", token, Sql.Value(now));

    /// <summary>Returns when the last access token that may exist now expires, by the clock of any server.</summary>
    public static DateTimeOffset AccessEndOf(DateTimeOffset now) =>
        now + AccessTokens.Lifetime + TimeSpan.FromMinutes(5);

    private static NpgsqlBatchCommand AddToken(SessionId sessionId, byte[] hash, DateTimeOffset now) =>
        new("insert into refresh_token (hash, session_id, issued_at, expires_at) values ($1, $2, $3, $4)")
        {
            Parameters =
            {
                Sql.Value(hash),
                Sql.Value(sessionId),
                Sql.Value(now),
                Sql.Value(now + RefreshSecret.Lifetime),
            },
        };
}

using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.SignIn;

/// <summary>A user who may be signing in.</summary>
/// <param name="User">The user with the e-mail.</param>
/// <param name="Password">The stored hash.</param>
/// <param name="IsKnown">True if this user has recently signed in from the client.</param>
/// <param name="Failures">
/// The recent failed sign-ins that count: for a known client its own, otherwise those of all clients.
/// </param>
public sealed record Candidate(User User, PasswordHash Password, bool IsKnown, int Failures);

/// <summary>The users and failures of an e-mail, before a password is checked.</summary>
/// <param name="Failures">The recent failed sign-ins that count against any sign-in with the e-mail.</param>
/// <param name="Users">The users with this e-mail, oldest first: at most one per lender, or none.</param>
public sealed record Candidates(int Failures, IReadOnlyList<Candidate> Users)
{
    /// <summary>True if any of the users has recently signed in from the client.</summary>
    public bool IsKnown => Users.Any(user => user.IsKnown);

    /// <summary>True if no password is checked. Failures of strangers do not lock out a known client.</summary>
    public bool AreLocked(int failuresMax) =>
        IsKnown ? Users.Where(user => user.IsKnown).All(user => user.Failures >= failuresMax) : Failures >= failuresMax;
}

/// <summary>A stored refresh token and its sign-in.</summary>
public sealed record FoundToken(SessionId SessionId, User User, DateTimeOffset ExpiresAt, bool IsSpent, bool IsRevoked);

/// <summary>The SQL of signing in.</summary>
public sealed class SignInStore(NpgsqlDataSource database, Ids ids)
{
    private const string LockWaitMax = "set local lock_timeout = '5s'";

    /// <summary>Begins a transaction for one decision and its effects.</summary>
    public Task<WriteTransaction> BeginAsync(CancellationToken token) => WriteTransaction.BeginAsync(database, token);

    /// <summary>
    /// Reads the users and failures of an e-mail. It does the same work whether or not a user has the e-mail.
    /// </summary>
    /// <param name="email">The e-mail as sent.</param>
    /// <param name="account">The key that failures are counted by.</param>
    /// <param name="client">The source of the attempt.</param>
    /// <param name="organisationId">The lender; null for all lenders.</param>
    /// <param name="failedSince">The start of the window in which failures count.</param>
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
        var failures = await CountFailuresAsync(connection, account, null, organisationId, failedSince, token);
        await using var command = new NpgsqlCommand(
            $"""
            select {User.Columns}, u.password_hash, known.here as is_known,
                   (select count(*)::int from sign_in_failure f
                    where f.account = $2 and f.failed_at > $3 and (f.client = $6 or not known.here)
                      and (f.organisation_id = u.organisation_id or f.organisation_id is null)) as failures
            from app_user u
            cross join lateral (
              select exists (
                select from user_session s
                where s.user_id = u.id and s.client = $6 and s.revoked_for is distinct from 'TOKEN_REUSED') as here
            ) known
            where lower(u.email) = $1 and ($4::uuid is null or u.organisation_id = $4)
            order by u.recorded_at, u.id
            limit $5
            """,
            connection
        )
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
                    PasswordHash.Parse(reader.Text("password_hash")),
                    reader.Boolean("is_known"),
                    reader.Integer("failures")
                )
            );
        }

        return new Candidates(failures, users);
    }

    /// <summary>
    /// Locks the e-mail until the transaction ends, so its sign-ins are decided one after the other on all servers.
    /// </summary>
    /// <returns>
    /// The number of failures that count: for a known client its own, otherwise those of all clients.
    /// </returns>
    public static async Task<int> LockAndCountFailuresAsync(
        NpgsqlConnection connection,
        AccountKey account,
        ClientKey? known,
        OrganisationId? organisationId,
        DateTimeOffset since,
        CancellationToken token
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(LockWaitMax),
                new("select pg_advisory_xact_lock($1)") { Parameters = { Sql.Value(account.Number) } },
            },
        };
        await batch.ExecuteNonQueryAsync(token);
        return await CountFailuresAsync(connection, account, known, organisationId, since, token);
    }

    /// <summary>Records a failed sign-in at a lender; null if the request named no lender.</summary>
    public async Task AddFailureAsync(
        NpgsqlConnection connection,
        AccountKey account,
        ClientKey client,
        OrganisationId? organisationId,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into sign_in_failure (account, id, failed_at, organisation_id, client) values ($1, $2, $3, $4, $5)
            """,
            connection
        )
        {
            Parameters =
            {
                Sql.Value(account.Hash),
                Sql.Value(ids.Next<FailureId>()),
                Sql.Value(now),
                Sql.Value(organisationId, NpgsqlDbType.Uuid),
                Sql.Value(client.Hash),
            },
        };
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>
    /// Writes a new sign-in with its first refresh token, and deletes the earlier failures at the same lender. Failures
    /// that named no lender are kept, because they were guesses at the users of other lenders too. If the client is
    /// known, the failures of strangers are kept, and still count against strangers.
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
                    delete from sign_in_failure
                    where account = $1 and organisation_id = $2 and (client = $3 or not $4)
                    """
                )
                {
                    Parameters =
                    {
                        Sql.Value(account.Hash),
                        Sql.Value(caller.OrganisationId),
                        Sql.Value(client.Hash),
                        Sql.Value(isKnown),
                    },
                },
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
    /// <param name="because"><c>LOGOUT</c> or <c>TOKEN_REUSED</c>.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="token">Cancels the statements.</param>
    public static async Task EndSessionAsync(
        NpgsqlConnection connection,
        SessionId sessionId,
        string because,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            "update user_session set revoked_at = $2, revoked_for = $3 where id = $1 and revoked_at is null",
            connection
        )
        {
            Parameters = { Sql.Value(sessionId), Sql.Value(now), Sql.Value(because) },
        };
        await command.ExecuteNonQueryAsync(token);
        await RevocationStore.RevokeAsync(connection, sessionId, now, AccessEndOf(now), token);
    }

    /// <summary>Deletes the expired sign-ins, and the failures before an instant.</summary>
    public static async Task RemoveExpiredAsync(
        NpgsqlDataSource database,
        DateTimeOffset now,
        DateTimeOffset failedBefore,
        CancellationToken token
    )
    {
        await WriteTransaction.RunAsync(
            database,
            "delete from user_session where expires_at <= $1",
            token,
            Sql.Value(now)
        );
        await WriteTransaction.RunAsync(
            database,
            "delete from sign_in_failure where failed_at <= $1",
            token,
            Sql.Value(failedBefore)
        );
    }

    /// <summary>Returns when the last access token that may exist now expires, by the clock of any server.</summary>
    public static DateTimeOffset AccessEndOf(DateTimeOffset now) =>
        now + AccessTokens.Lifetime + TimeSpan.FromMinutes(5);

    // Counts failures at a lender and those that named no lender, of one client or of all clients.
    private static async Task<int> CountFailuresAsync(
        NpgsqlConnection connection,
        AccountKey account,
        ClientKey? client,
        OrganisationId? organisationId,
        DateTimeOffset since,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select count(*)::int from sign_in_failure
            where account = $1 and failed_at > $2 and (organisation_id = $3 or organisation_id is null)
              and ($4::bytea is null or client = $4)
            """,
            connection
        )
        {
            Parameters =
            {
                Sql.Value(account.Hash),
                Sql.Value(since),
                Sql.Value(organisationId, NpgsqlDbType.Uuid),
                Sql.Value(client?.Hash, NpgsqlDbType.Bytea),
            },
        };
        return (int)(await command.ExecuteScalarAsync(token))!;
    }

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

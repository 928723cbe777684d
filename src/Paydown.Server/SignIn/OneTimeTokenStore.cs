using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.SignIn;

/// <summary>What a one-time token allows its holder.</summary>
public enum TokenPurpose
{
    /// <summary>An employee sets the first password, or a new one after a reset of the sign-in.</summary>
    Invitation,

    /// <summary>Replaces a forgotten password.</summary>
    PasswordReset,

    /// <summary>Shows that mail to the e-mail address arrives.</summary>
    EmailConfirmation,
}

/// <summary>
/// One-time tokens: 256 random bits, sent by mail and stored as their hash. Each works once and only for its purpose.
/// </summary>
public static class OneTimeTokenStore
{
    // A client that used a token is known for this long, as after a sign-in.
    private static readonly TimeSpan KeptSpent = RefreshSecret.Lifetime;

    /// <summary>How long a token is valid.</summary>
    public static TimeSpan LifetimeOf(TokenPurpose purpose) =>
        purpose switch
        {
            TokenPurpose.PasswordReset => TimeSpan.FromMinutes(30),
            TokenPurpose.EmailConfirmation => TimeSpan.FromDays(3),
            _ => TimeSpan.FromDays(7),
        };

    /// <summary>Adds the statement that stores a new token to a batch.</summary>
    public static void AddTo(
        NpgsqlBatch batch,
        UserId userId,
        TokenPurpose purpose,
        string token,
        DateTimeOffset now
    ) =>
        batch.BatchCommands.Add(
            new(
                """
                insert into one_time_token (hash, user_id, purpose, created_at, expires_at) values ($1, $2, $3, $4, $5)
                """
            )
            {
                Parameters =
                {
                    Sql.Value(RefreshSecret.HashOf(token)),
                    Sql.Value(userId),
                    Sql.Value(Words.Write(purpose)),
                    Sql.Value(now),
                    Sql.Value(now + LifetimeOf(purpose)),
                },
            }
        );

    /// <summary>Adds the statement that withdraws the unused tokens of a user to a batch.</summary>
    /// <param name="batch">The batch of the transaction.</param>
    /// <param name="userId">The user.</param>
    /// <param name="purpose">The purpose of the tokens; null for all.</param>
    public static void AddWithdrawalTo(NpgsqlBatch batch, UserId userId, TokenPurpose? purpose = null) =>
        batch.BatchCommands.Add(
            new(
                """
                delete from one_time_token where user_id = $1 and spent_at is null and ($2::text is null or purpose = $2)
                """
            )
            {
                Parameters =
                {
                    Sql.Value(userId),
                    Sql.Value(purpose is { } one ? Words.Write(one) : null, NpgsqlDbType.Text),
                },
            }
        );

    /// <summary>
    /// Returns the owner of a token and locks the token until the transaction ends; null if it was never issued, was
    /// used, has expired, or its owner is disabled.
    /// </summary>
    public static async Task<User?> FindLockedAsync(
        NpgsqlConnection connection,
        string token,
        TokenPurpose purpose,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {User.Columns} from one_time_token t join app_user u on u.id = t.user_id
            where t.hash = $1 and t.purpose = $2 and t.expires_at > $3 and t.spent_at is null and u.disabled_at is null
            for update of t
            """,
            connection
        )
        {
            Parameters = { Sql.Value(RefreshSecret.HashOf(token)), Sql.Value(Words.Write(purpose)), Sql.Value(now) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? User.Read(reader) : null;
    }

    /// <summary>Adds the statements that spend a token, and withdraw the others of its purpose, to a batch.</summary>
    /// <param name="batch">The batch of the transaction that has locked the token.</param>
    /// <param name="userId">The owner.</param>
    /// <param name="purpose">The purpose of the token.</param>
    /// <param name="token">The token.</param>
    /// <param name="client">The client that used it, which is known from now on.</param>
    /// <param name="now">The current instant.</param>
    public static void AddSpendingTo(
        NpgsqlBatch batch,
        UserId userId,
        TokenPurpose purpose,
        string token,
        ClientKey client,
        DateTimeOffset now
    )
    {
        batch.BatchCommands.Add(
            new("update one_time_token set spent_at = $2, client = $3 where hash = $1")
            {
                Parameters = { Sql.Value(RefreshSecret.HashOf(token)), Sql.Value(now), Sql.Value(client.Hash) },
            }
        );
        AddWithdrawalTo(batch, userId, purpose);
    }

    /// <summary>Deletes the tokens that no longer have an effect.</summary>
    public static Task RemoveExpiredAsync(NpgsqlDataSource database, DateTimeOffset now, CancellationToken token) =>
        WriteTransaction.RunAsync(
            database,
            "delete from one_time_token where expires_at <= $1 and (spent_at is null or spent_at <= $2)",
            token,
            Sql.Value(now),
            Sql.Value(now - KeptSpent)
        );
}

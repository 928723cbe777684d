using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>A user with what only the own sign-in needs.</summary>
/// <param name="User">The user.</param>
/// <param name="Password">The stored hash; null if an invitation is to set it.</param>
/// <param name="IsEmailConfirmed">True if mail to the address was shown to arrive.</param>
public sealed record UserAccount(User User, PasswordHash? Password, bool IsEmailConfirmed);

/// <summary>Writes users.</summary>
public static class UserStore
{
    private const string Insert = """
        insert into app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /// <summary>Adds a user, in the transaction of the connection if it has one.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="user">The user, whose e-mail must be unique.</param>
    /// <param name="password">
    /// The hash of the password; several users may have the same one. Null: an invitation sets it.
    /// </param>
    /// <param name="now">The instant of recording.</param>
    /// <param name="token">Cancels the statement.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        User user,
        PasswordHash? password,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(InsertCommand(Insert, user, password?.ToString(), now));
        await batch.ExecuteNonQueryAsync(token);
    }

    /// <summary>Adds the statement that inserts a user, unless the id is taken, to a batch.</summary>
    public static void AddMissingTo(NpgsqlBatch batch, User user, string passwordHash, DateTimeOffset now) =>
        batch.BatchCommands.Add(InsertCommand($"{Insert} on conflict do nothing", user, passwordHash, now));

    /// <summary>
    /// Returns a user and locks the user until the transaction ends; null if there is none with this id.
    /// </summary>
    public static async Task<UserAccount?> LockAsync(
        NpgsqlConnection connection,
        UserId userId,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {User.Columns}, u.password_hash, u.email_confirmed_at is not null as is_email_confirmed
            from app_user u where u.id = $1 for no key update
            """,
            connection
        )
        {
            Parameters = { Sql.Value(userId) },
        };
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token)
            ? new UserAccount(
                User.Read(reader),
                reader.TextOrNull("password_hash") is { } hash ? PasswordHash.Parse(hash) : null,
                reader.Boolean("is_email_confirmed")
            )
            : null;
    }

    /// <summary>
    /// Adds the statement that sets a password to a batch. Failed sign-ins until now no longer count.
    /// </summary>
    public static void AddPasswordTo(NpgsqlBatch batch, UserId userId, PasswordHash password, DateTimeOffset now) =>
        batch.BatchCommands.Add(
            new("update app_user set password_hash = $2, unlocked_at = $3 where id = $1")
            {
                Parameters = { Sql.Value(userId), Sql.Value(password.ToString()), Sql.Value(now) },
            }
        );

    /// <summary>Adds the statement that removes a password to a batch, until an invitation sets another.</summary>
    public static void AddPasswordRemovalTo(NpgsqlBatch batch, UserId userId, DateTimeOffset now) =>
        batch.BatchCommands.Add(
            new("update app_user set password_hash = null, unlocked_at = $2 where id = $1")
            {
                Parameters = { Sql.Value(userId), Sql.Value(now) },
            }
        );

    /// <summary>Adds the statement to a batch after which failed sign-ins until now no longer count.</summary>
    public static void AddUnlockingTo(NpgsqlBatch batch, UserId userId, DateTimeOffset now) =>
        batch.BatchCommands.Add(
            new("update app_user set unlocked_at = $2 where id = $1")
            {
                Parameters = { Sql.Value(userId), Sql.Value(now) },
            }
        );

    /// <summary>Adds the statement that confirms an e-mail address to a batch.</summary>
    public static void AddEmailConfirmationTo(NpgsqlBatch batch, UserId userId, DateTimeOffset now) =>
        batch.BatchCommands.Add(
            new("update app_user set email_confirmed_at = coalesce(email_confirmed_at, $2) where id = $1")
            {
                Parameters = { Sql.Value(userId), Sql.Value(now) },
            }
        );

    /// <summary>Adds the statement that disables a user, or with null enables, to a batch.</summary>
    public static void AddDisablingTo(NpgsqlBatch batch, UserId userId, DateTimeOffset? disabledAt) =>
        batch.BatchCommands.Add(
            new("update app_user set disabled_at = $2 where id = $1")
            {
                Parameters = { Sql.Value(userId), Sql.Value(disabledAt, NpgsqlDbType.TimestampTz) },
            }
        );

    /// <summary>
    /// Adds the statement that replaces name, e-mail and role to a batch. Another e-mail is not confirmed.
    /// </summary>
    public static void AddChangeTo(NpgsqlBatch batch, User user) =>
        batch.BatchCommands.Add(
            new(
                """
                update app_user
                set first_name = $2, last_name = $3, email = $4, role = $5,
                    email_confirmed_at = case when lower(email) = lower($4) then email_confirmed_at end
                where id = $1
                """
            )
            {
                Parameters =
                {
                    Sql.Value(user.Id),
                    Sql.Value(user.FirstName),
                    Sql.Value(user.LastName),
                    Sql.Value(user.Email),
                    Sql.Value(Words.Write(user.Role)),
                },
            }
        );

    /// <summary>Replaces a password hash, unless the user has another one by now.</summary>
    public static Task ReplacePasswordAsync(
        NpgsqlDataSource database,
        UserId userId,
        PasswordHash from,
        PasswordHash to,
        CancellationToken token
    ) =>
        WriteTransaction.RunAsync(
            database,
            "update app_user set password_hash = $3 where id = $1 and password_hash = $2",
            token,
            Sql.Value(userId),
            Sql.Value(from.ToString()),
            Sql.Value(to.ToString())
        );

    private static NpgsqlBatchCommand InsertCommand(string sql, User user, string? passwordHash, DateTimeOffset now) =>
        new(sql)
        {
            Parameters =
            {
                Sql.Value(user.Id),
                Sql.Value(user.OrganisationId),
                Sql.Value(Words.Write(user.Role)),
                Sql.Value(user.FirstName),
                Sql.Value(user.LastName),
                Sql.Value(user.Email),
                Sql.Value(passwordHash, NpgsqlDbType.Text),
                Sql.Value(now),
            },
        };
}

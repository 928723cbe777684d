using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

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
    /// <param name="password">The hash of the password; several users may have the same one.</param>
    /// <param name="now">The instant of recording.</param>
    /// <param name="token">Cancels the statement.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        User user,
        PasswordHash password,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(InsertCommand(Insert, user, password.ToString(), now));
        await batch.ExecuteNonQueryAsync(token);
    }

    /// <summary>Adds the statement that inserts a user, unless the id is taken, to a batch.</summary>
    public static void AddMissingTo(NpgsqlBatch batch, User user, string passwordHash, DateTimeOffset now) =>
        batch.BatchCommands.Add(InsertCommand($"{Insert} on conflict do nothing", user, passwordHash, now));

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

    private static NpgsqlBatchCommand InsertCommand(string sql, User user, string passwordHash, DateTimeOffset now) =>
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
                Sql.Value(passwordHash),
                Sql.Value(now),
            },
        };
}

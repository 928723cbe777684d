using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>The users in the database.</summary>
public static class UserStore
{
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
        await using var command = new NpgsqlCommand(
            """
            insert into app_user
              (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = user.Id },
                new() { Value = user.OrganisationId },
                new() { Value = StoredWords.Write(user.Role) },
                new() { Value = user.FirstName },
                new() { Value = user.LastName },
                new() { Value = user.Email },
                new() { Value = password.ToString() },
                new() { Value = now },
            },
        };
        await command.ExecuteNonQueryAsync(token);
    }
}

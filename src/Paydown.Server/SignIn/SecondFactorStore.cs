using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.SignIn;

/// <summary>The second factor of a user.</summary>
/// <param name="IsRequired">True if the lender requires one of this user.</param>
/// <param name="Secret">The secret of the authenticator app; null if the user has none.</param>
/// <param name="ConfirmedAt">When the user confirmed it by a first code; null if it does not count yet.</param>
/// <param name="LastStep">The time step of the last code that was used; earlier ones are refused.</param>
/// <param name="RecoveryCodesLeft">The number of unused recovery codes.</param>
public sealed record SecondFactor(
    bool IsRequired,
    byte[]? Secret,
    DateTimeOffset? ConfirmedAt,
    long LastStep,
    int RecoveryCodesLeft
)
{
    /// <summary>True if a sign-in needs a code.</summary>
    public bool IsOn => ConfirmedAt is not null;

    /// <summary>True if the user must set one up before anything else.</summary>
    public bool MustBeSetUp => IsRequired && !IsOn;

    // A record would write the secret.
    public override string ToString() => IsOn ? "on" : "off";
}

/// <summary>The SQL of second factors and recovery codes.</summary>
public static class SecondFactorStore
{
    private const string Select = """
        select o.requires_second_factor and u.role <> 'CUSTOMER' as is_required, s.secret, s.confirmed_at, s.last_step,
               (select count(*)::int from recovery_code c where c.user_id = u.id and c.used_at is null) as codes_left
        from app_user u
        join organisation o on o.id = u.organisation_id
        left join second_factor s on s.user_id = u.id
        where u.id = $1
        """;

    /// <summary>Returns the second factor of a user; null if there is no such user.</summary>
    public static async Task<SecondFactor?> FindAsync(
        NpgsqlConnection connection,
        UserId userId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Select, connection) { Parameters = { Sql.Value(userId) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new SecondFactor(
                reader.Boolean("is_required"),
                reader.IsNull("secret") ? null : reader.Get<byte[]>("secret"),
                reader.InstantOrNull("confirmed_at"),
                reader.LongOrNull("last_step") ?? 0,
                reader.Integer("codes_left")
            )
            : null;
    }

    /// <summary>
    /// Adds the statement that stores an unconfirmed secret to a batch. It replaces an unconfirmed one.
    /// </summary>
    public static void AddTo(NpgsqlBatch batch, UserId userId, byte[] secret, DateTimeOffset now) =>
        batch.BatchCommands.Add(
            new(
                """
                insert into second_factor as s (user_id, secret, created_at) values ($1, $2, $3)
                on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at
                where s.confirmed_at is null
                """
            )
            {
                Parameters = { Sql.Value(userId), Sql.Value(secret), Sql.Value(now) },
            }
        );

    /// <summary>Adds the statements that confirm a secret, and store its recovery codes, to a batch.</summary>
    /// <param name="batch">The batch of a transaction that has locked the user.</param>
    /// <param name="userId">The user.</param>
    /// <param name="step">The time step of the code that confirmed it.</param>
    /// <param name="recoveryCodes">The recovery codes.</param>
    /// <param name="now">The current instant.</param>
    public static void AddConfirmationTo(
        NpgsqlBatch batch,
        UserId userId,
        long step,
        IEnumerable<string> recoveryCodes,
        DateTimeOffset now
    )
    {
        batch.BatchCommands.Add(
            new("update second_factor set confirmed_at = $2, last_step = $3 where user_id = $1")
            {
                Parameters = { Sql.Value(userId), Sql.Value(now), Sql.Value(step) },
            }
        );
        AddRecoveryCodesTo(batch, userId, recoveryCodes);
    }

    /// <summary>Adds the statements that store recovery codes in the place of the earlier ones to a batch.</summary>
    public static void AddRecoveryCodesTo(NpgsqlBatch batch, UserId userId, IEnumerable<string> recoveryCodes)
    {
        batch.BatchCommands.Add(
            new("delete from recovery_code where user_id = $1") { Parameters = { Sql.Value(userId) } }
        );
        batch.BatchCommands.Add(
            new("insert into recovery_code (user_id, hash) select $1, hash from unnest($2) as code (hash)")
            {
                Parameters =
                {
                    Sql.Value(userId),
                    Sql.Value(recoveryCodes.Select(code => SecondFactorCodes.HashOf(code)).ToArray()),
                },
            }
        );
    }

    /// <summary>
    /// Uses a code of the app, or else a recovery code. Each works once. The user or the account must be locked.
    /// </summary>
    /// <returns>True if the code is right.</returns>
    public static async Task<bool> TryUseAsync(
        NpgsqlConnection connection,
        UserId userId,
        SecondFactor factor,
        string code,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand("", connection) { Parameters = { Sql.Value(userId) } };
        if (SecondFactorCodes.FindStep(factor, code, now) is { } step)
        {
            command.CommandText = "update second_factor set last_step = $2 where user_id = $1 and last_step < $2";
            command.Parameters.Add(Sql.Value(step));
        }
        else
        {
            command.CommandText = """
                update recovery_code set used_at = $3 where user_id = $1 and hash = $2 and used_at is null
                """;
            command.Parameters.Add(Sql.Value(SecondFactorCodes.HashOf(code)));
            command.Parameters.Add(Sql.Value(now));
        }

        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Adds the statement that removes the second factor, with its recovery codes, to a batch.</summary>
    public static void AddRemovalTo(NpgsqlBatch batch, UserId userId) =>
        batch.BatchCommands.Add(
            new("delete from second_factor where user_id = $1") { Parameters = { Sql.Value(userId) } }
        );
}

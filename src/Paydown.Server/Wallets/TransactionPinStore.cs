using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>A customer's proofs of identity, and the recent failures.</summary>
/// <param name="IsAsked">True if the organisation asks for a PIN.</param>
/// <param name="PasswordText">The stored hash of the sign-in password.</param>
/// <param name="Pin">The stored PIN; null if none is set.</param>
/// <param name="FailedAt">The failures within the window, newest first.</param>
public sealed record TransactionPinState(
    bool IsAsked,
    string PasswordText,
    PasswordHash? Pin,
    IReadOnlyList<DateTimeOffset> FailedAt
);

/// <summary>The SQL of transaction PINs.</summary>
public static class TransactionPinStore
{
    private const string LockCustomer = """
        select o.asks_transaction_pin, u.password_hash
        from app_user u join organisation o on o.id = u.organisation_id
        where u.id = $1 and u.organisation_id = $2
        for no key update of u
        """;

    private const string ReadPin = "select pin_hash from transaction_pin where customer_id = $1";

    private const string ReadFailures = """
        select failed_at from transaction_pin_failure
        where customer_id = $1 and failed_at > $2 order by failed_at desc limit $3
        """;

    /// <summary>
    /// Reads everything that a check needs, and locks it until the transaction ends. So a customer's PINs are checked
    /// one after the other, on all servers.
    /// </summary>
    public static async Task<TransactionPinState> LockAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        OrganisationId organisationId,
        DateTimeOffset failedSince,
        int failuresMax,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(LockCustomer) { Parameters = { Sql.Value(customerId), Sql.Value(organisationId) } },
                new(ReadPin) { Parameters = { Sql.Value(customerId) } },
                new(ReadFailures)
                {
                    Parameters = { Sql.Value(customerId), Sql.Value(failedSince), Sql.Value(failuresMax) },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            throw new InvalidOperationException($"Customer {customerId} is not of this organisation.");
        var (isAsked, password) = (reader.Boolean("asks_transaction_pin"), reader.Text("password_hash"));
        await reader.NextResultAsync(cancellation);
        var pin = await reader.ReadAsync(cancellation) ? PasswordHash.Parse(reader.Text("pin_hash")) : null;
        await reader.NextResultAsync(cancellation);
        var failedAt = new List<DateTimeOffset>();
        while (await reader.ReadAsync(cancellation))
            failedAt.Add(reader.Instant("failed_at"));
        return new TransactionPinState(isAsked, password, pin, failedAt);
    }

    /// <summary>Sets or replaces the PIN.</summary>
    public static async Task SetAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        PasswordHash pin,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into transaction_pin (customer_id, pin_hash, set_at) values ($1, $2, $3)
            on conflict (customer_id) do update set pin_hash = excluded.pin_hash, set_at = excluded.set_at
            """,
            connection
        )
        {
            Parameters = { Sql.Value(customerId), Sql.Value(pin.ToString()), Sql.Value(now) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Records a failure and deletes those that have expired.</summary>
    public static async Task AddFailureAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        FailureId id,
        DateTimeOffset now,
        DateTimeOffset failedSince
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("delete from transaction_pin_failure where customer_id = $1 and failed_at <= $2")
                {
                    Parameters = { Sql.Value(customerId), Sql.Value(failedSince) },
                },
                new("insert into transaction_pin_failure (customer_id, id, failed_at) values ($1, $2, $3)")
                {
                    Parameters = { Sql.Value(customerId), Sql.Value(id), Sql.Value(now) },
                },
            },
        };
        // A caller who disconnects before the refusal has still failed.
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    public static async Task ForgiveAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "delete from transaction_pin_failure where customer_id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(customerId) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

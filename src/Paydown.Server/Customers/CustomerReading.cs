using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Customers;

/// <summary>Reads the data of the customer that a path names, if the caller may see it.</summary>
public static class CustomerReading
{
    /// <summary>
    /// Returns the data; refused if the caller may not see it or the organisation has no such customer.
    /// </summary>
    /// <param name="database">The pool.</param>
    /// <param name="call">The request.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="read">
    /// Reads the data. It must not wait for a second connection, which would exhaust the pool.
    /// </param>
    public static async ValueTask<Result<T>> ReadAsync<T>(
        NpgsqlDataSource database,
        Call call,
        CustomerId customerId,
        Func<NpgsqlConnection, Customer, Task<T>> read
    )
        where T : notnull
    {
        if (Ownership.Check(call, customerId) is { } refusal)
            return refusal;
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var customer = await CustomerStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            customerId,
            call.Cancellation
        );
        return customer is null ? Refusals.NotFound("customer") : await read(connection, customer);
    }

    /// <summary>Returns the response with the data, or with the refusal.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async ValueTask<Answer> AnswerAsync(
        NpgsqlDataSource database,
        Call call,
        CustomerId customerId,
        Func<NpgsqlConnection, Customer, Task<Answer>> read
    )
    {
        var result = await ReadAsync(database, call, customerId, read);
        return result.Refusal is { } refusal ? Answer.Refused(refusal) : result.Value;
    }
}

using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Customers;

/// <summary>A customer of a lender. The id is also the user id.</summary>
public sealed record Customer(CustomerId Id, string FirstName, string LastName, string Email)
{
    public string Name => $"{FirstName} {LastName}";
}

/// <summary>Reads customers of one organisation.</summary>
public static class CustomerStore
{
    /// <summary>Returns a customer of an organisation; null if the organisation has none with this id.</summary>
    public static Task<Customer?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CustomerId id,
        CancellationToken cancellation
    ) => FindAsync(connection, organisationId, id, "", cancellation);

    /// <summary>Returns the same and locks the customer until the transaction ends.</summary>
    public static Task<Customer?> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CustomerId id,
        CancellationToken cancellation
    ) => FindAsync(connection, organisationId, id, "for no key update", cancellation);

    private static async Task<Customer?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CustomerId id,
        string locking,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select id, first_name, last_name, email
            from app_user
            where id = $1 and organisation_id = $2 and role = 'CUSTOMER'
            {locking}
            """,
            connection
        )
        {
            Parameters = { Sql.Value(id), Sql.Value(organisationId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Customer(
                reader.Id<CustomerId>("id"),
                reader.Text("first_name"),
                reader.Text("last_name"),
                reader.Text("email")
            )
            : null;
    }
}

using Npgsql;
using Paydown.Lending.Customers;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Customers;

/// <summary>
/// Everything known about a customer. All but name and e-mail is null for a customer who was taken over and never
/// registered here.
/// </summary>
public sealed record CustomerProfile
{
    /// <summary>The customer's id, which is also the user id.</summary>
    public required CustomerId Id { get; init; }

    /// <summary>The customer's lender.</summary>
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Always <c>INDIVIDUAL</c>.</summary>
    public string CustomerType { get; init; } = "INDIVIDUAL";

    /// <summary>The customer's first name.</summary>
    public required string FirstName { get; init; }

    /// <summary>The customer's last name.</summary>
    public required string LastName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The country's dialing code, with its +; null if unknown.</summary>
    public string? DialingCode { get; init; }

    /// <summary>The phone number without the dialing code; null if unknown.</summary>
    public string? Phone { get; init; }

    /// <summary>The date of birth; null if unknown.</summary>
    public DateOnly? Dob { get; init; }

    /// <summary>The postal address; null if unknown.</summary>
    public PostalAddress? Address { get; init; }

    /// <summary>When the customer was recorded.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>The profile of a customer who has just registered.</summary>
    public static CustomerProfile Of(User user, RegistrationForm form, DateTimeOffset now) =>
        new()
        {
            Id = user.Id.AsCustomer,
            OrganisationId = user.OrganisationId,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Email = user.Email,
            DialingCode = form.DialingCode,
            Phone = form.Phone,
            Dob = form.DateOfBirth,
            Address = form.Address,
            RegisteredAt = now,
        };
}

/// <summary>The SQL of customer profiles, always within one organisation.</summary>
public static class CustomerProfileStore
{
    private const string From = """
        from app_user u left join customer_profile p on p.customer_id = u.id
        where u.organisation_id = $1 and u.role = 'CUSTOMER'
        """;

    private const string Select = $"""
        select u.id, u.organisation_id, u.first_name, u.last_name, u.email, p.dialing_code, p.phone, p.date_of_birth,
               p.address1, p.address2, p.country_name, p.postcode, p.country_iso3, u.recorded_at
        {From}
        """;

    private static readonly PageQuery Page = new(
        $"{From} and {CustomerSearch.Condition}",
        $"""
        {Select} and {CustomerSearch.Condition} and ($5::uuid is null or u.id < $5)
        order by u.id desc limit $6 offset $7
        """
    );

    /// <summary>Returns a customer of an organisation; null if it has no such customer.</summary>
    public static async Task<CustomerProfile?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CustomerId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand($"{Select} and u.id = $2", connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    /// <summary>Returns a page of an organisation's customers, the most recently recorded first.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="search">A part of the name, e-mail or phone number; null for all customers.</param>
    /// <param name="paging">The page to read.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static Task<PageRecords<CustomerProfile>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string? search,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [Sql.Value(organisationId), .. CustomerSearch.Of(search).Parameters],
            Read,
            cancellation
        );

    /// <summary>Adds the statement that writes a profile to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, CustomerProfile profile)
    {
        var address = profile.Address!;
        batch.BatchCommands.Add(
            new(
                """
                insert into customer_profile (customer_id, organisation_id, dialing_code, phone, date_of_birth, address1,
                                              address2, country_name, country_iso3, postcode, recorded_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """
            )
            {
                Parameters =
                {
                    Sql.Value(profile.Id),
                    Sql.Value(profile.OrganisationId),
                    Sql.Value(profile.DialingCode),
                    Sql.Value(profile.Phone),
                    Sql.Value(profile.Dob),
                    Sql.Value(address.Address1),
                    Sql.Value(address.Address2),
                    Sql.Value(address.CountryCommonName),
                    Sql.Value(address.CountryIso3),
                    Sql.Value(address.Postcode),
                    Sql.Value(profile.RegisteredAt),
                },
            }
        );
    }

    private static CustomerProfile Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.Id<CustomerId>("id"),
            OrganisationId = reader.Id<OrganisationId>("organisation_id"),
            FirstName = reader.Text("first_name"),
            LastName = reader.Text("last_name"),
            Email = reader.Text("email"),
            DialingCode = reader.TextOrNull("dialing_code"),
            Phone = reader.TextOrNull("phone"),
            Dob = reader.DateOrNull("date_of_birth"),
            Address = reader.IsNull("address1")
                ? null
                : new PostalAddress(
                    reader.Text("address1"),
                    reader.TextOrNull("address2"),
                    reader.Text("country_name"),
                    reader.TextOrNull("postcode"),
                    reader.Text("country_iso3")
                ),
            RegisteredAt = reader.Instant("recorded_at"),
        };
}

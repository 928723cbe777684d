using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>A person who can sign in: a customer or an employee of the lender.</summary>
public sealed record User(
    UserId Id,
    OrganisationId OrganisationId,
    Role Role,
    string FirstName,
    string LastName,
    string Email
)
{
    /// <summary>The columns of <c>app_user u</c> that <see cref="Read"/> reads.</summary>
    internal const string Columns = "u.id, u.organisation_id, u.role, u.first_name, u.last_name, u.email";

    internal static User Read(NpgsqlDataReader reader) =>
        new(
            reader.Id<UserId>("id"),
            reader.Id<OrganisationId>("organisation_id"),
            reader.Word<Role>("role"),
            reader.Text("first_name"),
            reader.Text("last_name"),
            reader.Text("email")
        );
}

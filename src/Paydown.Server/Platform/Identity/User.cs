using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>Somebody who can sign in: a customer, or a person who works for the lender.</summary>
public sealed record User(Guid Id, Guid OrganisationId, Role Role, string FirstName, string LastName, string Email)
{
    /// <summary>The columns that <see cref="Read"/> reads, of the table <c>app_user u</c>.</summary>
    internal const string Columns = "u.id, u.organisation_id, u.role, u.first_name, u.last_name, u.email";

    internal static User Read(NpgsqlDataReader reader, int first = 0) =>
        new(
            reader.GetGuid(first),
            reader.GetGuid(first + 1),
            StoredWords.Read<Role>(reader.GetString(first + 2)),
            reader.GetString(first + 3),
            reader.GetString(first + 4),
            reader.GetString(first + 5)
        );
}

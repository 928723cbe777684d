using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Notices;

/// <summary>Who gets a notice, and how the lender appears in it.</summary>
public sealed record NoticeRecipient
{
    public required string Email { get; init; }

    public required string FirstName { get; init; }

    /// <summary>The lender's name.</summary>
    public required string Lender { get; init; }

    public required string ContactEmail { get; init; }

    /// <summary>The lender's account for repayments, in words.</summary>
    public required string Account { get; init; }

    /// <summary>The kinds that the customer does not want.</summary>
    public required IReadOnlyList<NoticeKind> Declined { get; init; }

    /// <summary>The values of the placeholders that all notices have.</summary>
    public Dictionary<string, string> ToValues() =>
        new()
        {
            ["firstName"] = FirstName,
            ["lender"] = Lender,
            ["contactEmail"] = ContactEmail,
        };
}

/// <summary>Reads the recipients of notices.</summary>
public static class NoticeRecipients
{
    private const string Find = """
        select u.id, u.email, u.first_name, o.name, o.contact_email, o.collection_account_name,
               o.collection_account_number, o.collection_bank_name,
               array(select d.kind::text from declined_notice d where d.customer_id = u.id) as declined
        from app_user u join organisation o on o.id = u.organisation_id
        where u.organisation_id = $1 and u.id = any ($2)
        """;

    /// <summary>Returns customers of an organisation by their ids.</summary>
    public static async Task<Dictionary<CustomerId, NoticeRecipient>> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IEnumerable<CustomerId> customers,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(customers.Distinct().ToList()) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var recipients = new Dictionary<CustomerId, NoticeRecipient>();
        while (await reader.ReadAsync(cancellation))
        {
            var (holder, number) = (reader.Text("collection_account_name"), reader.Text("collection_account_number"));
            recipients[reader.Id<CustomerId>("id")] = new NoticeRecipient
            {
                Email = reader.Text("email"),
                FirstName = reader.Text("first_name"),
                Lender = reader.Text("name"),
                ContactEmail = reader.Text("contact_email"),
                Account = $"{holder}, account {number} at {reader.Text("collection_bank_name")}",
                Declined = [.. reader.Get<string[]>("declined").Select(Words.Read<NoticeKind>)],
            };
        }

        return recipients;
    }
}

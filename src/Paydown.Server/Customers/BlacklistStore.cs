using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Customers;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Customers;

/// <summary>An entry of the blacklist.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct BlacklistEntryId(Guid Value) : IId<BlacklistEntryId>
{
    public static BlacklistEntryId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What identifies the people of a blacklist entry.</summary>
public enum BlacklistKind
{
    /// <summary>A bank verification number, 11 digits.</summary>
    Bvn,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A phone number with its dialing code.</summary>
    Phone,
}

/// <summary>People to whom the organisation does not lend.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Kind">What identifies them.</param>
/// <param name="Value">The number or address.</param>
/// <param name="Reason">Why, for officers; customers never see it.</param>
/// <param name="AddedAt">When it was added.</param>
public sealed record BlacklistEntry(
    BlacklistEntryId Id,
    BlacklistKind Kind,
    string Value,
    string Reason,
    DateTimeOffset AddedAt
)
{
    private const int BvnDigits = 11;

    /// <summary>Returns a value in its stored form; refused if it does not have the form of its kind.</summary>
    public static Result<string> Tidied(BlacklistKind kind, string value)
    {
        var text = value.Trim();
        if (kind == BlacklistKind.Phone)
            text = string.Concat(text.Where(c => c is not (' ' or '-' or '(' or ')' or '.')));
        var isRight = kind switch
        {
            BlacklistKind.Bvn => text.Length == BvnDigits && text.All(char.IsAsciiDigit),
            BlacklistKind.Email => RegistrationRules.IsEmail(text),
            _ => text.StartsWith('+') && text.Length is >= 7 and <= 16 && text.Skip(1).All(char.IsAsciiDigit),
        };
        if (!isRight)
            return Refusals.BlacklistValueInvalid(BvnDigits);
        return kind == BlacklistKind.Email ? text.ToLowerInvariant() : text;
    }
}

/// <summary>The SQL of the blacklist.</summary>
public static class BlacklistStore
{
    private const string From = "from blacklist_entry where organisation_id = $1 and ($2::text is null or kind = $2)";

    private static readonly PageQuery Page = new(
        From,
        $"""
        select id, kind, value, reason, recorded_at {From} and ($3::uuid is null or id < $3)
        order by id desc limit $4 offset $5
        """
    );

    /// <summary>Returns a page of the entries of an organisation.</summary>
    public static Task<PageRecords<BlacklistEntry>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        BlacklistKind? kind,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [Sql.Value(organisationId), Sql.Value(kind is { } one ? Words.Write(one) : null, NpgsqlDbType.Text)],
            Read,
            cancellation
        );

    /// <summary>Adds an entry.</summary>
    /// <returns>False if the value is listed already; then nothing changes.</returns>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        BlacklistEntry entry,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into blacklist_entry (organisation_id, id, kind, value, reason, recorded_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (organisation_id, kind, value) do nothing
            """,
            connection
        )
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(entry.Id),
                Sql.Value(Words.Write(entry.Kind)),
                Sql.Value(entry.Value),
                Sql.Value(entry.Reason),
                Sql.Value(entry.AddedAt),
            },
        };
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Removes an entry of an organisation.</summary>
    /// <returns>The entry; null if the organisation has none with this id.</returns>
    public static async Task<BlacklistEntry?> RemoveAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        BlacklistEntryId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            delete from blacklist_entry where organisation_id = $1 and id = $2
            returning id, kind, value, reason, recorded_at
            """,
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static BlacklistEntry Read(NpgsqlDataReader reader) =>
        new(
            reader.Id<BlacklistEntryId>("id"),
            reader.Word<BlacklistKind>("kind"),
            reader.Text("value"),
            reader.Text("reason"),
            reader.Instant("recorded_at")
        );
}

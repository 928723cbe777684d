using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Customers;

/// <summary>
/// Finds customers by a part of their name, e-mail or phone number. A text of fewer than three characters must begin a
/// word, because most names contain it somewhere.
/// </summary>
/// <param name="Text">A pattern for name and e-mail; null if they are not searched.</param>
/// <param name="Phone">A pattern for the phone number; null if it is not searched.</param>
/// <param name="LocalEnding">The end of the part of the e-mail before the @; null if the text has no @.</param>
internal readonly record struct CustomerSearch(string? Text, string? Phone, string? LocalEnding)
{
    private const int AnywhereMin = 3;
    private const int PhoneDigitsMin = 6;

    /// <summary>
    /// The condition on a customer <c>u</c> of the organisation <c>$1</c>, with the patterns as <c>$2</c> and
    /// <c>$3</c>, and the ending as <c>$4</c>. The ending adds no condition to the first pattern: it leads to an e-mail
    /// along its own index, because the trigrams of a domain are those of most customers.
    /// </summary>
    public const string Condition = """
        ($2::text is null
         or lower(' ' || u.first_name || ' ' || u.last_name || ' ' || u.email) like lower($2))
        and ($3::text is null
             or u.id in (select p.customer_id from customer_profile p
                         where p.organisation_id = $1 and p.dialing_code || p.phone like $3))
        and ($4::text is null
             or reverse(split_part(lower(u.email), '@', 1)) ^@ reverse(lower($4)))
        """;

    private const string Find = $"""
        select u.id from app_user u
        where u.organisation_id = $1 and u.role = 'CUSTOMER' and {Condition}
          and ($5::uuid[] is null or u.id = any ($5))
        limit $6
        """;

    /// <summary>The parameters <c>$2</c> to <c>$4</c>.</summary>
    public NpgsqlParameter[] Parameters =>
        [
            Sql.Value(Text, NpgsqlDbType.Text),
            Sql.Value(Phone, NpgsqlDbType.Text),
            Sql.Value(LocalEnding, NpgsqlDbType.Text),
        ];

    /// <summary>The search for a text that a person typed; null finds everyone.</summary>
    public static CustomerSearch Of(string? typed)
    {
        if (typed?.Trim() is not { Length: > 0 } text)
            return default;
        if (PhoneOf(text) is { } phone)
            return new(null, $"%{phone}%", null);
        var pattern = text.Length < AnywhereMin ? $"% {Escaped(text)}%" : $"%{Escaped(text)}%";
        return new(pattern, null, LocalEndingOf(text));
    }

    /// <summary>The customers that match a text.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="typed">The text as a person typed it.</param>
    /// <param name="among">The customers to search; null for all.</param>
    /// <param name="most">The largest number of customers to return.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<IReadOnlyList<CustomerId>> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string typed,
        IReadOnlyCollection<CustomerId>? among,
        int most,
        CancellationToken cancellation
    )
    {
        var search = new NpgsqlBatchCommand(Find) { Parameters = { Sql.Value(organisationId) } };
        foreach (var parameter in Of(typed).Parameters)
            search.Parameters.Add(parameter);
        search.Parameters.Add(Sql.Value(among));
        search.Parameters.Add(Sql.Value(most));
        await using var batch = PageQuery.PlannedAnew(connection, search);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var found = new List<CustomerId>();
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.Id<CustomerId>("id"));
        return found;
    }

    // The digits of a phone number in common spellings: 0803 555 0100, (0)803-555-0100, 00234803…, +234803….
    private static string? PhoneOf(string text)
    {
        if (!text.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '.' or '/'))
            return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length == 0 || (digits.Length < PhoneDigitsMin && text[0] != '+'))
            return null;
        if (text[0] == '+')
            return "+" + digits;
        return digits.StartsWith("00", StringComparison.Ordinal) ? "+" + digits[2..] : digits.TrimStart('0');
    }

    // No name has an @, and every e-mail has one with no space before it.
    private static string? LocalEndingOf(string text)
    {
        var local = text.Split('@')[0].Split(' ')[^1];
        return local.Length > 0 && text.Contains('@') ? local : null;
    }

    // Escapes the characters that are special in a pattern.
    private static string Escaped(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}

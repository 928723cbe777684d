using System.Text.Json;
using System.Text.Json.Serialization;

namespace Paydown.Statements.Reading;

/// <summary>
/// How to read the CSV files of one bank. Whatever is null is found in the file; a file that leaves it open is refused.
/// </summary>
public sealed record CsvProfile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The column names by which a file of this bank is recognized. Only profiles that come with Paydown need it.
    /// </summary>
    public IReadOnlyList<string> Has { get; init; } = [];

    /// <summary>Which column is what; null to find it by the usual names.</summary>
    public CsvColumns? Columns { get; init; }

    /// <summary>Whether 03/04 is the third of April.</summary>
    public CsvDates? Dates { get; init; }

    /// <summary>The decimal mark: a point or a comma.</summary>
    public char? Decimal { get; init; }

    /// <summary>The character between columns: a comma, a semicolon, a tab or a bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The name of the file's encoding, for example <c>windows-1250</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>A currency, if the file does not state it.</summary>
    public string? Currency { get; init; }

    /// <summary>Words at the beginning of a text that mark the reversal of an earlier entry.</summary>
    public IReadOnlyList<string> Reversals { get; init; } = [];

    /// <summary>Reads a profile from JSON, with the property names in camelCase.</summary>
    /// <exception cref="StatementFaultException">It is not a profile.</exception>
    public static CsvProfile Parse(string json)
    {
        try
        {
            var profile =
                JsonSerializer.Deserialize<CsvProfile>(json, Options)
                ?? throw new StatementFaultException("The profile is empty.");
            return profile.Encoding is null || FileText.Find(profile.Encoding) is not null
                ? profile
                : throw new StatementFaultException($"'{profile.Encoding}' is not an encoding, such as windows-1250.");
        }
        catch (JsonException exception)
        {
            throw new StatementFaultException($"The profile is not valid: {exception.Message}");
        }
    }

    /// <summary>Reads a resource of this project.</summary>
    internal static T Resource<T>(string name)
    {
        using var stream = typeof(CsvProfile).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }
}

/// <summary>The order of a day written in digits.</summary>
public enum CsvDates
{
    /// <summary>31/12/2026.</summary>
    DayFirst,

    /// <summary>12/31/2026.</summary>
    MonthFirst,

    /// <summary>2026-12-31 or 26-12-31.</summary>
    YearFirst,
}

/// <summary>The names of the columns, as the header has them. Case, spaces and punctuation do not matter.</summary>
public sealed record CsvColumns
{
    /// <summary>The booking day. Required.</summary>
    public required string BookedOn { get; init; }

    /// <summary>The value date.</summary>
    public string? ValueOn { get; init; }

    /// <summary>The signed amount, or the amount whose side another column says.</summary>
    public string? Amount { get; init; }

    /// <summary>The side of the amount, for example <c>Dr</c> and <c>Cr</c>.</summary>
    public string? Side { get; init; }

    /// <summary>Money out.</summary>
    public string? Debit { get; init; }

    /// <summary>Money in.</summary>
    public string? Credit { get; init; }

    /// <summary>The balance after the entry.</summary>
    public string? Balance { get; init; }

    /// <summary>The remittance text.</summary>
    public string? Text { get; init; }

    /// <summary>The bank's description, read if the text is empty.</summary>
    public string? Description { get; init; }

    /// <summary>The structured creditor reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The bank's reference.</summary>
    public string? BankReference { get; init; }

    /// <summary>The payer's reference.</summary>
    public string? EndToEndId { get; init; }

    /// <summary>The name of the other side.</summary>
    public string? CounterpartyName { get; init; }

    /// <summary>The account of the other side.</summary>
    public string? CounterpartyAccount { get; init; }

    /// <summary>The account of the statement.</summary>
    public string? Account { get; init; }

    /// <summary>The currency.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether the entry is booked.</summary>
    public string? Status { get; init; }
}

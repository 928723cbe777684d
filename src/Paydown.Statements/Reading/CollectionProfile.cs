using System.Text.Json;
using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;

namespace Paydown.Statements.Reading;

/// <summary>
/// How to read the CSV files of one collector. Whatever is null is found in the file; a file that leaves it open is
/// refused.
/// </summary>
public sealed record CollectionProfile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Which column is what; null to find it by the usual names.</summary>
    public CollectionColumns? Columns { get; init; }

    /// <summary>Whether 03/04 is the third of April.</summary>
    public CsvDates? Dates { get; init; }

    /// <summary>The decimal mark: a point or a comma.</summary>
    public char? Decimal { get; init; }

    /// <summary>The character between columns: a comma, a semicolon, a tab or a bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The name of the file's encoding, for example <c>windows-1250</c>.</summary>
    public string? Encoding { get; init; }

    internal CsvProfile AsCsv =>
        new()
        {
            Name = Name,
            Dates = Dates,
            Decimal = Decimal,
            Delimiter = Delimiter,
            Encoding = Encoding,
        };

    /// <summary>Reads a profile from JSON, with the property names in camelCase.</summary>
    /// <exception cref="StatementFaultException">It is not a profile.</exception>
    public static CollectionProfile Parse(string json)
    {
        try
        {
            var profile =
                JsonSerializer.Deserialize<CollectionProfile>(json, Options)
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
}

/// <summary>
/// The names of a collector's columns, as the header has them. Case, spaces and punctuation do not matter.
/// </summary>
public sealed record CollectionColumns
{
    /// <summary>The collector's own id of the transaction.</summary>
    public required string TransactionId { get; init; }

    /// <summary>The reference of the loan, or its account number.</summary>
    public required string Loan { get; init; }

    /// <summary>The day on which the borrower paid.</summary>
    public required string CollectedOn { get; init; }

    /// <summary>What the borrower paid.</summary>
    public required string Amount { get; init; }

    /// <summary>What the collector keeps of it.</summary>
    public string? Commission { get; init; }

    /// <summary>The currency.</summary>
    public string? Currency { get; init; }
}

/// <summary>A line of a collector's file.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="TransactionId">The collector's own id of it.</param>
/// <param name="Loan">The reference of the loan, or its account number, as written.</param>
/// <param name="CollectedOn">The day on which the borrower paid.</param>
/// <param name="Amount">What the borrower paid: more than 0.</param>
/// <param name="Commission">What the collector keeps of it; null if the file does not say.</param>
public sealed record CollectionLine(
    int Line,
    string TransactionId,
    string Loan,
    DateOnly CollectedOn,
    Money Amount,
    Money? Commission
);

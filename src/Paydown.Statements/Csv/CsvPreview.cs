using System.Text;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>How the columns of a CSV file are read, to check a profile before a file is imported with it.</summary>
/// <param name="Profile">The name of the profile.</param>
/// <param name="Encoding">For example <c>utf-8</c> or <c>windows-1252</c>.</param>
/// <param name="Delimiter">The character between columns.</param>
/// <param name="Decimal">The decimal mark.</param>
/// <param name="Dates">The order of days written in digits; null if the file has none.</param>
/// <param name="HeaderLine">The line that names the columns, counted from 1.</param>
/// <param name="Columns">What is read, by the property name of <see cref="CsvColumns"/>, and from which column.</param>
public sealed record CsvPreview(
    string Profile,
    string Encoding,
    char Delimiter,
    char Decimal,
    CsvDates? Dates,
    int HeaderLine,
    IReadOnlyDictionary<string, string> Columns
)
{
    internal static CsvPreview Of(Stream stream, Encoding encoding, StatementReading reading)
    {
        var layout = CsvSurvey.Of(stream, encoding, reading);
        return new CsvPreview(
            layout.Profile.Name,
            encoding.WebName,
            layout.Delimiter,
            layout.Decimal,
            layout.Dates,
            layout.HeaderLine,
            layout.Roles.ToDictionary(role => NameOf(role.Key), role => layout.Header[role.Value])
        );
    }

    private static string NameOf(CsvRole role)
    {
        var name = role.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}

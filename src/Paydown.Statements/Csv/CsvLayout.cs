using System.Text;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>How one CSV file is read: found by its survey, or given by a profile.</summary>
internal sealed record CsvLayout
{
    public required Encoding Encoding { get; init; }

    public required char Delimiter { get; init; }

    /// <summary>The number of the header's line.</summary>
    public required int HeaderLine { get; init; }

    /// <summary>The header's cells.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    public required CsvProfile Profile { get; init; }

    /// <summary>The place of each column that the file has.</summary>
    public required IReadOnlyDictionary<CsvRole, int> Roles { get; init; }

    /// <summary>What the lines above the header say.</summary>
    public required CsvPreamble Preamble { get; init; }

    /// <summary>The order of days written in digits; null if the file has none.</summary>
    public CsvDates? Dates { get; init; }

    public char Decimal { get; init; } = '.';

    /// <summary>The records below the header.</summary>
    public CsvRecords Rows(Stream stream)
    {
        stream.Position = 0;
        var records = new CsvRecords(new TextLines(stream, Encoding), Delimiter);
        while (records.Next() && records.Line < HeaderLine)
            continue;
        return records;
    }

    /// <summary>A cell of a record; empty if the file has no such column.</summary>
    public string Cell(CsvRecords row, CsvRole role) =>
        Roles.TryGetValue(role, out var at) && at < row.Cells.Count ? row.Cells[at] : "";

    /// <summary>The booking day's cell, or the value date's if it is empty.</summary>
    public string Day(CsvRecords row) =>
        Cell(row, CsvRole.BookedOn) is { Length: > 0 } day ? day : Cell(row, CsvRole.ValueOn);
}

using System.Text;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>
/// The records of a CSV file: cells between delimiters, in quotation marks if they hold a delimiter, a line end or a
/// doubled quotation mark.
/// </summary>
internal sealed class CsvRecords(TextLines lines, char delimiter)
{
    private const int CellsMax = 500;
    private const int LinesMax = 1000;

    private readonly List<string> cells = [];
    private readonly StringBuilder quoted = new();

    /// <summary>The cells of the record that was read last, without surrounding space.</summary>
    public IReadOnlyList<string> Cells => cells;

    /// <summary>The number of its first line.</summary>
    public int Line { get; private set; }

    /// <summary>Reads the next record; false at the end of the file.</summary>
    public bool Next()
    {
        cells.Clear();
        if (lines.Next() is not { } line)
            return false;
        Line = lines.Number;
        var at = 0;
        while (true)
        {
            if (cells.Count == CellsMax)
                throw new StatementFaultException($"The line has more than {CellsMax} columns.", Line);
            var start = at;
            while (start < line.Length && line[start] == ' ')
                start++;
            if (start < line.Length && line[start] == '"')
                (line, at) = Quoted(line, start + 1);
            else
                at = Plain(line, at);
            if (at == line.Length)
                return true;
            at++;
        }
    }

    private int Plain(string line, int at)
    {
        var end = line.IndexOf(delimiter, at);
        end = end < 0 ? line.Length : end;
        cells.Add(Bare(line[at..end]));
        return end;
    }

    // The cell may go on over several lines.
    private (string Line, int At) Quoted(string line, int at)
    {
        quoted.Clear();
        while (true)
        {
            var end = line.IndexOf('"', at);
            if (end < 0)
            {
                quoted.Append(line, at, line.Length - at).Append('\n');
                line = lines.Number - Line < LinesMax && lines.Next() is { } next ? next : throw Unclosed();
                at = 0;
                continue;
            }

            quoted.Append(line, at, end - at);
            at = end + 1;
            if (at == line.Length || line[at] != '"')
                break;
            quoted.Append('"');
            at++;
        }

        // What stands between the mark and the delimiter belongs to the cell.
        var rest = line.IndexOf(delimiter, at);
        rest = rest < 0 ? line.Length : rest;
        quoted.Append(line, at, rest - at);
        cells.Add(Bare(quoted.ToString()));
        return (line, rest);
    }

    private StatementFaultException Unclosed() =>
        new($"A quotation mark that opens a cell is not closed within {LinesMax} lines.", Line);

    // Spreadsheets write texts that look like numbers with an apostrophe, or as ="0123".
    private static string Bare(string cell)
    {
        var bare = cell.AsSpan().Trim();
        if (bare.Length > 2 && bare.StartsWith("=\"") && bare.EndsWith("\""))
            bare = bare[2..^1];
        if (bare.StartsWith("'"))
            bare = bare[1..].Trim();
        return bare.Length == cell.Length ? cell : bare.ToString();
    }
}

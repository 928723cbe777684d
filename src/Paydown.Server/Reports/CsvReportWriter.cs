using System.Text;

namespace Paydown.Server.Reports;

/// <summary>
/// Writes the rows of a report as CSV: UTF-8 with a byte order mark, lines that end with CR LF, the names of the
/// columns first, no totals. A text that a spreadsheet would take for a formula begins with an apostrophe; numbers
/// do not.
/// </summary>
public sealed class CsvReportWriter(Stream output) : ReportWriter
{
    private const int FlushCharacters = 16 * 1024;
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    private readonly StringBuilder lines = new("\uFEFF");

    public override async Task BeginAsync(ReportHead head, CancellationToken cancellation)
    {
        WriteLine([.. head.Report.Columns.Select(column => column.Name)]);
        await FlushAsync(cancellation);
    }

    public override ValueTask WriteRowAsync(object?[] row, CancellationToken cancellation)
    {
        WriteLine(row);
        return lines.Length < FlushCharacters ? default : FlushAsync(cancellation);
    }

    public override async Task EndAsync(
        object?[] totals,
        IReadOnlyList<ReportTie> ties,
        CancellationToken cancellation
    ) => await FlushAsync(cancellation);

    private void WriteLine(object?[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                lines.Append(',');
            AppendCell(TextOf(cells[i]), isText: cells[i] is string);
        }

        lines.Append("\r\n");
    }

    private void AppendCell(string text, bool isText)
    {
        if (isText && text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal))
            text = "'" + text;
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
            lines.Append(text);
        else
            lines.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        var bytes = Encoding.UTF8.GetBytes(lines.ToString());
        lines.Clear();
        await output.WriteAsync(bytes, cancellation);
        await output.FlushAsync(cancellation);
    }
}

using Paydown.Lending.Outcomes;

namespace Paydown.Server.Reports;

/// <summary>Writes a report as a table for a terminal: texts to the left, numbers to the right.</summary>
public sealed class TableReportWriter(TextWriter output) : ReportWriter
{
    private int[] widths = [];
    private IReadOnlyList<ReportColumn> columns = [];

    public override async Task BeginAsync(ReportHead head, CancellationToken cancellation)
    {
        columns = head.Report.Columns;
        widths = [.. columns.Select(column => Math.Max(column.Name.Length, WidthOf(column.Type)))];
        var (report, request) = (head.Report, head.Request);
        var days = report.IsOfDay
            ? $"as of {request.To:yyyy-MM-dd}"
            : $"{request.From:yyyy-MM-dd} to {request.To:yyyy-MM-dd}";
        await LineAsync(
            $"{head.Organisation.Name}, {report.Name}, {days}, known {Words.Write(request.Known)}, "
                + $"{head.Organisation.Currency.Code}, computed {TextOf(head.ComputedAt)}",
            cancellation
        );
        await LineAsync(report.Definition, cancellation);
        await LineAsync("", cancellation);
        await RowAsync([.. columns.Select(column => column.Name)], cancellation);
    }

    public override ValueTask WriteRowAsync(object?[] row, CancellationToken cancellation) =>
        new(RowAsync(Array.ConvertAll(row, TextOf), cancellation));

    public override async Task EndAsync(object?[] totals, IReadOnlyList<ReportTie> ties, CancellationToken cancellation)
    {
        if (Array.Exists(totals, cell => cell is not null))
        {
            await RowAsync([.. widths.Select(width => new string('-', width))], cancellation);
            await WriteRowAsync(totals, cancellation);
        }

        await LineAsync("", cancellation);
        foreach (var tie in ties)
            await LineAsync($"{tie.Figure}: {tie.Reported} and {tie.Ledger}", cancellation);
        await output.FlushAsync(cancellation);
    }

    private Task RowAsync(string[] cells, CancellationToken cancellation) =>
        LineAsync(
            string.Join(
                "  ",
                cells.Select(
                    (cell, i) =>
                        columns[i].Type is ReportCell.Text or ReportCell.Date or ReportCell.Instant
                            ? cell.PadRight(widths[i])
                            : cell.PadLeft(widths[i])
                )
            ),
            cancellation
        );

    private Task LineAsync(string line, CancellationToken cancellation) =>
        output.WriteLineAsync(line.TrimEnd().AsMemory(), cancellation);

    private static int WidthOf(ReportCell type) =>
        type switch
        {
            ReportCell.Text => 22,
            ReportCell.Date => 10,
            ReportCell.Instant => 20,
            ReportCell.Money => 16,
            _ => 6,
        };
}

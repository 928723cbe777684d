using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Paydown.Server.Reports;

/// <summary>
/// Writes a report as a workbook for Excel: a sheet with the rows and their totals, and a sheet that says what they
/// are. Texts are cells of text, never formulas.
/// </summary>
public sealed class XlsxReportWriter(Stream output) : ReportWriter
{
    private ReportHead head = null!;
    private Spreadsheet? book;
    private StyleId bold = null!;
    private StyleId day = null!;
    private StyleId instant = null!;
    private StyleId money = null!;
    private StyleId rate = null!;

    public override async Task BeginAsync(ReportHead head, CancellationToken cancellation)
    {
        this.head = head;
        book = await Spreadsheet.CreateNewAsync(output, cancellationToken: cancellation);
        var digits = head.Organisation.Currency.FractionDigits;
        bold = book.AddStyle(new Style { Font = { Bold = true } });
        day = Styled("yyyy-mm-dd");
        instant = Styled("yyyy-mm-dd hh:mm:ss");
        money = Styled(digits == 0 ? "#,##0" : "#,##0." + new string('0', digits));
        rate = Styled("0.00%");
        var options = new WorksheetOptions { FrozenRows = 1 };
        foreach (var (index, column) in head.Report.Columns.Index())
            options.Column(index + 1).Width = Math.Max(12, column.Name.Length + 2);
        await book.StartWorksheetAsync(head.Report.Name, options, cancellation);
        await book.AddHeaderRowAsync([.. head.Report.Columns.Select(column => column.Name)], bold, cancellation);
    }

    public override ValueTask WriteRowAsync(object?[] row, CancellationToken cancellation) =>
        book!.AddRowAsync(Array.ConvertAll(row, CellOf), cancellation);

    public override async Task EndAsync(object?[] totals, IReadOnlyList<ReportTie> ties, CancellationToken cancellation)
    {
        if (Array.Exists(totals, cell => cell is not null))
        {
            if (head.Report.Columns[0].Type == ReportCell.Text)
                totals[0] = "Total";
            await WriteRowAsync(totals, cancellation);
        }

        await book!.StartWorksheetAsync("About", token: cancellation);
        var request = head.Request;
        await LineAsync("Report", head.Report.Name);
        await LineAsync("Organisation", head.Organisation.Name);
        await LineAsync("Definition", head.Report.Definition);
        await LineAsync("From", request.From);
        await LineAsync("To", request.To);
        await LineAsync("Known", Words.Write(request.Known));
        await LineAsync("Product", request.Product);
        await LineAsync("Computed at (UTC)", head.ComputedAt);
        await LineAsync("Currency", head.Organisation.Currency.Code);
        foreach (var column in head.Report.Columns)
            await LineAsync(column.Name, column.Description);
        foreach (var tie in ties)
            await book.AddRowAsync([CellOf(tie.Figure), CellOf(tie.Reported), CellOf(tie.Ledger)], cancellation);
        await book.FinishAsync(cancellation);
        await output.FlushAsync(cancellation);

        ValueTask LineAsync(string name, object? value) =>
            book.AddRowAsync([new StyledCell(name, bold), CellOf(value)], cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        if (book is not null)
            await book.DisposeAsync();
        await base.DisposeAsync();
    }

    private StyleId Styled(string format) => book!.AddStyle(new Style { Format = NumberFormat.Custom(format) });

    private StyledCell CellOf(object? cell) =>
        cell switch
        {
            Money amount => new(amount.Major, money),
            decimal share => new(share, rate),
            long number => new(number, null),
            DateOnly on => new(on.ToDateTime(TimeOnly.MinValue), day),
            DateTimeOffset at => new(at.UtcDateTime, instant),
            _ => new(cell as string, null),
        };
}

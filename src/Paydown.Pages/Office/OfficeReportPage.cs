using System.Globalization;
using System.Text.Json;
using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A report; null before its needed parameters are known.</summary>
public sealed record OfficeReportModel(ReportDescription Description, Report? Report);

/// <summary>Shows a report as table and picture, and as a file.</summary>
internal static class OfficeReportPage
{
    /// <summary>The rows that a page shows; files have all.</summary>
    public const int RowsMax = 1000;

    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var name = call.Word("name");
        var reports = await call.Api.Reports.ListAsync(call.Cancelled);
        var description = reports.FirstOrDefault(one => one.Name == name) ?? throw new PageMissingException();
        var query = QueryOf(call);
        if (call.Query("format") is "csv" or "xlsx")
            return await DownloadAsync(call, name, query, call.Query("format")!);
        var report = Lacks(description, query) ? null : await call.Api.Reports.GetAsync(name, query, call.Cancelled);
        return PageAnswer.Show<OfficeReportView, OfficeReportModel>(TitleOf(name), new(description, report));
    }

    /// <summary>The name of a report for people.</summary>
    public static string TitleOf(string name) =>
        name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    /// <summary>A value of a report as people read it.</summary>
    public static string Text(JsonElement row, ReportColumn column, string currencyCode)
    {
        if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(column.Name, out var value))
            return "";
        return value.ValueKind switch
        {
            JsonValueKind.Null => "–",
            JsonValueKind.Number when column.Type == ReportCell.Money => MoneyText.Digits(
                value.GetDecimal(),
                currencyCode
            ),
            JsonValueKind.Number when column.Type == ReportCell.Rate => MoneyText.Percent(value.GetDecimal()),
            JsonValueKind.Number => value.GetDecimal().ToString("#,0.##", CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }

    // These reports are about one account, which must be chosen first.
    private static bool Lacks(ReportDescription description, ReportQuery query) =>
        (description.Name == "general-ledger" && query.Account is null)
        || (description.Name == "loan-statement" && query.AccountId is null);

    private static ReportQuery QueryOf(PageCall call) =>
        new()
        {
            AsOf = call.QueryDay("asOf"),
            From = call.QueryDay("from"),
            To = call.QueryDay("to"),
            Product = call.Query("product"),
            Account = call.QueryWord<LedgerAccount>("account"),
            AccountId = Guid.TryParse(call.Query("accountId"), out var id) ? id : null,
            IsAsKnownThen = call.Query("known") == "then",
        };

    private static async Task<PageAnswer> DownloadAsync(PageCall call, string name, ReportQuery query, string format)
    {
        var content = new MemoryStream();
        var isCsv = format == "csv";
        var file = await call.Api.Reports.DownloadAsync(
            name,
            isCsv ? ReportFormat.Csv : ReportFormat.Xlsx,
            content,
            query,
            call.Cancelled
        );
        var type = isCsv
            ? "text/csv; charset=utf-8"
            : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        return PageAnswer.Download(new(file, type, content.ToArray()));
    }
}

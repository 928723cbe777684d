namespace Paydown.Client;

/// <summary>Reports of the whole organisation, for officers.</summary>
public sealed class ReportCalls
{
    private readonly Caller caller;

    internal ReportCalls(Caller caller) => this.caller = caller;

    /// <summary>Lists the reports with their definitions, parameters and columns.</summary>
    public Task<IReadOnlyList<ReportDescription>> ListAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ListReports,
            Routes.ListReports.To(),
            PaydownJson.Default.ReportsAnswer,
            cancellationToken
        );

    /// <summary>Reads a report.</summary>
    /// <param name="name">Its name, for example <c>portfolio</c>.</param>
    /// <param name="query">Its parameters; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Report> GetAsync(
        string name,
        ReportQuery? query = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.GetReport,
            AddressOf(name, query, format: null),
            PaydownJson.Default.ReportAnswer,
            cancellationToken
        );

    /// <summary>Downloads a report as a file for spreadsheets.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="destination">Receives the file.</param>
    /// <param name="query">Its parameters; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The name that the server gives the file.</returns>
    public Task<string> DownloadAsync(
        string name,
        ReportFormat format,
        Stream destination,
        ReportQuery? query = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.DownloadAsync(
            Routes.GetReport,
            AddressOf(name, query, format == ReportFormat.Csv ? "csv" : "xlsx"),
            destination,
            cancellationToken
        );

    private static string AddressOf(string name, ReportQuery? query, string? format)
    {
        query ??= new();
        return Caller.Query(
            Routes.GetReport.ToNamed(name),
            ("asOf", query.AsOf),
            ("from", query.From),
            ("to", query.To),
            ("product", query.Product),
            ("account", query.Account),
            ("accountId", query.AccountId),
            ("known", query.IsAsKnownThen ? "THEN" : null),
            ("format", format)
        );
    }
}

/// <summary>The parameters of a report; each report takes some of them.</summary>
public sealed record ReportQuery
{
    /// <summary>The day to show; null for today.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The first day of a period; null for the first of its last month.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day of a period; null for today.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only loans of the product with this name; null for all.</summary>
    public string? Product { get; init; }

    /// <summary>The account of the general ledger.</summary>
    public LedgerAccount? Account { get; init; }

    /// <summary>The loan of a statement.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>True to count only what was recorded by the end of the last day.</summary>
    public bool IsAsKnownThen { get; init; }
}

/// <summary>The format of a file.</summary>
public enum ReportFormat
{
    /// <summary>Comma-separated values in UTF-8.</summary>
    Csv,

    /// <summary>A workbook for Excel.</summary>
    Xlsx,
}

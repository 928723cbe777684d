using System.Text.Json;

namespace Paydown.Server.Reports;

/// <summary>A report with its rows.</summary>
public sealed record ReportView
{
    /// <summary>The name of the report.</summary>
    public required string Name { get; init; }

    /// <summary>What the figures mean.</summary>
    public required string Definition { get; init; }

    /// <summary>The day that it shows; null for a period.</summary>
    public required DateOnly? AsOf { get; init; }

    /// <summary>The first day of the period; null for a report of one day.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>The last day of the period; null for a report of one day.</summary>
    public required DateOnly? To { get; init; }

    /// <summary>
    /// <c>NOW</c>: everything recorded by now, on its value date. <c>THEN</c>: only what was recorded by the end of the
    /// last day.
    /// </summary>
    public required ReportKnowledge Known { get; init; }

    /// <summary>The only product that it shows; null for all.</summary>
    public required string? Product { get; init; }

    /// <summary>When it was computed.</summary>
    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>The currency of all amounts, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<ReportColumnView> Columns { get; init; }

    /// <summary>The rows: objects with a member for each column.</summary>
    public required IReadOnlyList<JsonElement> Rows { get; init; }

    /// <summary>The sums of the columns that can be added up, and their ratios; null for the other columns.</summary>
    public required JsonElement Totals { get; init; }

    /// <summary>Figures beside those of the ledger, from the same snapshot; empty if none can be compared.</summary>
    public required IReadOnlyList<ReportTie> Ties { get; init; }
}

/// <summary>A column of a report.</summary>
public sealed record ReportColumnView
{
    /// <summary>The name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its cells.</summary>
    public required ReportCell Type { get; init; }

    /// <summary>What its cells mean.</summary>
    public required string Description { get; init; }

    internal static ReportColumnView Of(ReportColumn column) =>
        new()
        {
            Name = column.Name,
            Type = column.Type,
            Description = column.Description,
        };
}

/// <summary>A report that can be asked for.</summary>
public sealed record ReportDescription
{
    /// <summary>The name in the path.</summary>
    public required string Name { get; init; }

    /// <summary>What the figures mean.</summary>
    public required string Definition { get; init; }

    /// <summary>The query parameters that it takes.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<ReportColumnView> Columns { get; init; }

    internal static ReportDescription Of(Report report) =>
        new()
        {
            Name = report.Name,
            Definition = report.Definition,
            Parameters = [.. ParametersOf(report)],
            Columns = [.. report.Columns.Select(ReportColumnView.Of)],
        };

    private static IEnumerable<string> ParametersOf(Report report)
    {
        if (report.Parameters.HasFlag(ReportParameters.AsOf))
            yield return "asOf";
        if (report.Parameters.HasFlag(ReportParameters.Period))
        {
            yield return "from";
            yield return "to";
        }

        if (report.Parameters.HasFlag(ReportParameters.Product))
            yield return "product";
        if (report.Parameters.HasFlag(ReportParameters.Account))
            yield return "account";
        if (report.Parameters.HasFlag(ReportParameters.AccountId))
            yield return "accountId";
        yield return "known";
        yield return "format";
    }
}

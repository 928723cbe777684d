using System.Text.Json;

namespace Paydown.Client;

/// <summary>A report with its rows.</summary>
public sealed partial record Report
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
    /// NOW: everything recorded by now, on its value date. THEN: only what was recorded by the end of the last day.
    /// </summary>
    public required ReportKnowledge Known { get; init; }

    /// <summary>The only product that it shows; null for all.</summary>
    public required string? Product { get; init; }

    /// <summary>When it was computed.</summary>
    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>The currency of all amounts, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>The rows: objects with a member for each column.</summary>
    public required IReadOnlyList<JsonElement> Rows { get; init; }

    /// <summary>The sums of the columns that can be added up, and their ratios; null for the other columns.</summary>
    public required JsonElement Totals { get; init; }

    /// <summary>Figures beside those of the ledger, from the same snapshot; empty if none can be compared.</summary>
    public required IReadOnlyList<ReportTie> Ties { get; init; }
}

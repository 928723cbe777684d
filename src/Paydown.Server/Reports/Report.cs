namespace Paydown.Server.Reports;

/// <summary>
/// A report: its definition, its parameters, its columns and how its rows are read. Its figures come from the replay of
/// loans and from the journal, never from a table of its own.
/// </summary>
public sealed record Report
{
    /// <summary>The name in the path and on the command line, for example <c>cash-received</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the figures mean: signs, treatment and what is left out.</summary>
    public required string Definition { get; init; }

    /// <summary>The parameters besides <c>known</c> and <c>format</c>, which every report has.</summary>
    public required ReportParameters Parameters { get; init; }

    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>True if cashiers may read it too.</summary>
    public bool IsForCashiers { get; init; }

    /// <summary>True if its period may end after today.</summary>
    public bool LooksAhead { get; init; }

    /// <summary>
    /// Reads the rows one by one: a cell for each column, null for none. The cells of ratios are filled in later.
    /// </summary>
    public required Func<ReportReading, IAsyncEnumerable<object?[]>> Rows { get; init; }

    /// <summary>Compares totals with the ledger; null if nothing can be compared.</summary>
    public Func<ReportReading, ReportTotals, Task<IReadOnlyList<ReportTie>>>? Ties { get; init; }

    /// <summary>True if the report is about one day, and not about a period.</summary>
    public bool IsOfDay => !Parameters.HasFlag(ReportParameters.Period);
}

/// <summary>The parameters of a report.</summary>
[Flags]
public enum ReportParameters
{
    None = 0,

    /// <summary>One day; by default today.</summary>
    AsOf = 1,

    /// <summary>A first and a last day; by default the current month through today.</summary>
    Period = 2,

    /// <summary>Loans of one product; by default all.</summary>
    Product = 4,

    /// <summary>An account of the ledger, required.</summary>
    Account = 8,

    /// <summary>A loan, required.</summary>
    AccountId = 16,
}

/// <summary>What a report may know.</summary>
public enum ReportKnowledge
{
    /// <summary>Everything recorded by now, counted on its value date.</summary>
    Now,

    /// <summary>Only what was recorded by the end of the last day.</summary>
    Then,
}

/// <summary>A figure of a report beside the same figure of the ledger.</summary>
/// <param name="Figure">What is compared.</param>
/// <param name="Reported">The figure of the report.</param>
/// <param name="Ledger">The figure of the ledger, read in the same snapshot.</param>
public sealed record ReportTie(string Figure, Lending.Amounts.Money Reported, Lending.Amounts.Money Ledger);

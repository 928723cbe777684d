namespace Paydown.Server.Reports;

/// <summary>The types of the cells of a report.</summary>
public enum ReportCell
{
    Text,
    Date,
    Instant,
    Integer,
    Money,

    /// <summary>A fraction with four digits: 0.0525 is 5.25 %.</summary>
    Rate,
}

/// <summary>A column of a report.</summary>
/// <param name="Name">Its name in JSON and in the first line of a file.</param>
/// <param name="Type">The type of its cells.</param>
/// <param name="Description">What its cells mean.</param>
public sealed record ReportColumn(string Name, ReportCell Type, string Description)
{
    /// <summary>True if the totals have its sum.</summary>
    public bool IsTotalled { get; private init; }

    /// <summary>The columns whose ratio it shows; null if it shows none.</summary>
    public (string Of, string Per)? Ratio { get; private init; }

    public static ReportColumn Text(string name, string description) => new(name, ReportCell.Text, description);

    public static ReportColumn Date(string name, string description) => new(name, ReportCell.Date, description);

    public static ReportColumn Instant(string name, string description) => new(name, ReportCell.Instant, description);

    /// <summary>A number that the totals add up.</summary>
    public static ReportColumn Count(string name, string description) =>
        new(name, ReportCell.Integer, description) { IsTotalled = true };

    /// <summary>A number that is not added up.</summary>
    public static ReportColumn Number(string name, string description) => new(name, ReportCell.Integer, description);

    /// <summary>An amount that the totals add up.</summary>
    public static ReportColumn Amount(string name, string description) =>
        new(name, ReportCell.Money, description) { IsTotalled = true };

    /// <summary>An amount that is not added up, such as a running balance.</summary>
    public static ReportColumn Balance(string name, string description) => new(name, ReportCell.Money, description);

    /// <summary>One column divided by another, in the rows and in the totals; no cell if that other is 0.</summary>
    public static ReportColumn Rate(string name, string of, string per, string description) =>
        new(name, ReportCell.Rate, description) { Ratio = (of, per) };
}

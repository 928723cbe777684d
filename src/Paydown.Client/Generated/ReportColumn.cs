namespace Paydown.Client;

/// <summary>A column of a report.</summary>
public sealed partial record ReportColumn
{
    /// <summary>The name of the column.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its cells.</summary>
    public required ReportCell Type { get; init; }

    /// <summary>What its cells mean.</summary>
    public required string Description { get; init; }
}

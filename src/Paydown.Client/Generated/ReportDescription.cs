namespace Paydown.Client;

/// <summary>A report that can be asked for.</summary>
public sealed partial record ReportDescription
{
    /// <summary>The name in the path.</summary>
    public required string Name { get; init; }

    /// <summary>What the figures mean.</summary>
    public required string Definition { get; init; }

    /// <summary>The query parameters that it takes.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }
}

namespace Paydown.Client;

/// <summary>How the columns of a CSV file are read.</summary>
public sealed partial record PreviewedCsv
{
    /// <summary>The name of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>For example utf-8 or windows-1252.</summary>
    public required string Encoding { get; init; }

    /// <summary>The character between columns.</summary>
    public required string Delimiter { get; init; }

    /// <summary>The decimal mark.</summary>
    public required string DecimalMark { get; init; }

    /// <summary>The line that names the columns, counted from 1.</summary>
    public required int HeaderLine { get; init; }

    /// <summary>Which column each field is read from.</summary>
    public required IReadOnlyList<PreviewedColumn> Columns { get; init; }
}

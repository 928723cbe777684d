namespace Paydown.Client;

/// <summary>How a file of bank statements would be read.</summary>
public sealed partial record PreviewedFile
{
    /// <summary>For example camt.053.001.08 or CSV.</summary>
    public required string Format { get; init; }

    /// <summary>How its columns are read; null for other formats.</summary>
    public required PreviewedCsv? Csv { get; init; }

    /// <summary>Its statements.</summary>
    public required IReadOnlyList<PreviewedStatement> Statements { get; init; }
}

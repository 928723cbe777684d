namespace Paydown.Client;

/// <summary>A third party that collects loans, as it is to be.</summary>
public sealed partial record CollectorChange
{
    /// <summary>The name, as loans have it. Case does not matter.</summary>
    public required string Name { get; init; }

    /// <summary>What it keeps of each payment, in percent, with at most 4 decimals.</summary>
    public required decimal CommissionPercent { get; init; }

    /// <summary>The bank account that it remits from; spaces and signs do not matter.</summary>
    public required string? AccountNumber { get; init; }

    /// <summary>How its CSV files are read, as JSON (docs/collectors.md). Null: as their column names say.</summary>
    public required string? CsvProfile { get; init; }
}

namespace Paydown.Client;

/// <summary>A third party that collects loans for the lender.</summary>
public sealed partial record Collector
{
    /// <summary>The collector's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name, as loans have it.</summary>
    public required string Name { get; init; }

    /// <summary>What it keeps of each payment, in percent.</summary>
    public required decimal CommissionPercent { get; init; }

    /// <summary>The bank account that it remits from; null if unknown.</summary>
    public required string? AccountNumber { get; init; }

    /// <summary>How its CSV files are read, as JSON; null if their column names suffice.</summary>
    public required string? CsvProfile { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

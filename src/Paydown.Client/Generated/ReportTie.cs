namespace Paydown.Client;

/// <summary>A figure of a report beside the same figure of the ledger.</summary>
public sealed partial record ReportTie
{
    /// <summary>What is compared.</summary>
    public required string Figure { get; init; }

    /// <summary>The figure of the report.</summary>
    public required decimal Reported { get; init; }

    /// <summary>The figure of the ledger, read in the same snapshot.</summary>
    public required decimal Ledger { get; init; }
}

namespace Paydown.Client;

/// <summary>A collector with its money.</summary>
public sealed partial record CollectorDetails
{
    /// <summary>The collector.</summary>
    public required Collector Collector { get; init; }

    /// <summary>The loans that it holds.</summary>
    public required int LoanCount { get; init; }

    /// <summary>What it has collected and remitted.</summary>
    public required CollectorBalance Balance { get; init; }
}

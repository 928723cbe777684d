namespace Paydown.Client;

/// <summary>A report that several entries of bank statements pay together.</summary>
public sealed partial record PartOfReport
{
    /// <summary>The report.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>Its amount.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The sum of the entries so far.</summary>
    public required decimal Arrived { get; init; }
}

namespace Paydown.Client;

/// <summary>Who collects a loan.</summary>
public sealed partial record ThirdPartyCollection
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>True if a third party collects.</summary>
    public required bool IsThirdPartyPayment { get; init; }

    /// <summary>The third party; null if the lender collects.</summary>
    public required string? Collector { get; init; }
}

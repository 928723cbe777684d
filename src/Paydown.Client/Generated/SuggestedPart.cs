namespace Paydown.Client;

/// <summary>A loan that an entry may pay.</summary>
public sealed partial record SuggestedPart
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The loan's creditor reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The part of the money.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The open report; null if there is none.</summary>
    public required Guid? RepaymentId { get; init; }

    /// <summary>The amount of the open report; null if there is none.</summary>
    public required decimal? ReportedAmount { get; init; }
}

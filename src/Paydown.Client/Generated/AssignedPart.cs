namespace Paydown.Client;

/// <summary>A part of a payment, for one loan.</summary>
public sealed partial record AssignedPart
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The part of the money.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The report that the part pays.</summary>
    public Guid? RepaymentId { get; init; }
}

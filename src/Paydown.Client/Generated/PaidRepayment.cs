namespace Paydown.Client;

/// <summary>A repayment that an entry of a bank statement pays.</summary>
public sealed partial record PaidRepayment
{
    /// <summary>The repayment.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>Its loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The part of the entry.</summary>
    public required decimal Amount { get; init; }
}

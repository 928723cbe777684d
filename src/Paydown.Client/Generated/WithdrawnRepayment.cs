namespace Paydown.Client;

/// <summary>A report that its customer has withdrawn.</summary>
public sealed partial record WithdrawnRepayment
{
    /// <summary>The repayment's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The amount that was reported.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>Always REJECTED: the report never counts.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>A fixed text saying that the customer withdrew the report.</summary>
    public required string RejectionReason { get; init; }

    /// <summary>The largest repayment that can be reported on this loan now.</summary>
    public required decimal TotalPayable { get; init; }
}

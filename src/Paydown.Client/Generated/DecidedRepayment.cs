namespace Paydown.Client;

/// <summary>A repayment right after an officer verified, rejected or reversed it.</summary>
public sealed partial record DecidedRepayment
{
    /// <summary>The repayment's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>VERIFIED, REJECTED, or PENDING_VERIFICATION while a second officer is awaited.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>True if the repayment counted until it was reversed.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>Why it was rejected or reversed; null if it was verified.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required decimal? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected the amount or date; null if no officer did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The loan's outstanding principal after the decision.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>The loan's total outstanding after the decision.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The loan account's state after the decision.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The part of this repayment that exceeds everything owed; it belongs to the customer.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>The installments that it settled; empty if it does not count.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    /// <summary>The ids of other repayments whose allocation this decision changed.</summary>
    public required IReadOnlyList<Guid> ReallocatedRepayments { get; init; }

    /// <summary>The officer who gave the first of two approvals; null if one approval suffices.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>How many more approvals this decision needs before it takes effect; 0 if it has taken effect.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The reversal that awaits a second officer; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}

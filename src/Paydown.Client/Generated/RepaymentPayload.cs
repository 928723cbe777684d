namespace Paydown.Client;

/// <summary>
/// The payload of the events about a repayment: repayment.recorded, payment.received, repayment.verified,
/// repayment.rejected and repayment.reversed.
/// </summary>
public sealed partial record RepaymentPayload
{
    /// <summary>The repayment's id.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public Guid? LoanApplicationId { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>PENDING_VERIFICATION, VERIFIED or REJECTED.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>Why it was rejected, withdrawn or reversed; null if it was not.</summary>
    public string? RejectionReason { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount that was reported, if an officer corrected the amount or date.</summary>
    public decimal? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected the amount or date.</summary>
    public DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected the amount or date; null if no officer did.</summary>
    public string? CorrectionReason { get; init; }

    /// <summary>Everything outstanding on the loan after the decision; null before one.</summary>
    public decimal? TotalBalance { get; init; }

    /// <summary>When the repayment or the decision was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

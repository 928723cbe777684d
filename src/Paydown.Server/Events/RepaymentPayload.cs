using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Events;

/// <summary>
/// The payload of the events about a repayment: <c>repayment.recorded</c>, <c>payment.received</c>,
/// <c>repayment.verified</c>, <c>repayment.rejected</c> and <c>repayment.reversed</c>.
/// </summary>
public sealed record RepaymentPayload
{
    /// <summary>The repayment's id.</summary>
    public required RepaymentId RepaymentId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; absent for a loan that was taken over without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required Money RepaymentAmount { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary><c>PENDING_VERIFICATION</c>, <c>VERIFIED</c> or <c>REJECTED</c>.</summary>
    public required string VerificationStatus { get; init; }

    /// <summary>Why it was rejected, withdrawn or reversed; absent if it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? RejectionReason { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount that was reported, if an officer corrected the amount or date.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required Money? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected the amount or date.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected the amount or date; absent if no officer did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? CorrectionReason { get; init; }

    /// <summary>Everything outstanding on the loan after the decision; absent before one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required Money? TotalBalance { get; init; }

    /// <summary>When the repayment or the decision was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

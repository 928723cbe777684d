using System.Text.Json;
using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// The payload of the events about a decided repayment: <c>payment.received</c>, <c>repayment.verified</c>,
/// <c>repayment.rejected</c> and <c>repayment.reversed</c>.
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

    /// <summary>Everything outstanding on the loan after the decision.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>When the decision was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public static byte[] Of(LoanChange change, StoredRepayment repayment)
    {
        var (loan, decision) = (change.After, change.Decisions[0]);
        return JsonSerializer.SerializeToUtf8Bytes(
            new RepaymentPayload
            {
                RepaymentId = repayment.Id,
                CustomerId = loan.CustomerId,
                AccountId = loan.Id,
                LoanApplicationId = loan.ApplicationId,
                RepaymentAmount = repayment.Amount,
                CurrencyCode = loan.Currency.Code,
                VerificationStatus = Words.Write((decision.Leads ?? repayment.Status).ShownToCustomer()),
                RejectionReason = decision.Leads == RepaymentStatus.Verified ? null : decision.Reason,
                PaymentDate = repayment.PaidOn,
                ReportedAmount = repayment.BeforeCorrection?.Amount,
                ReportedPaymentDate = repayment.BeforeCorrection?.PaidOn,
                CorrectionReason = repayment.CorrectionReason,
                TotalBalance = loan.Money(change.State.Outstanding.Total),
                RecordedAt = change.ActionContext.At,
            },
            Wire.Options
        );
    }
}

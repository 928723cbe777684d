using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;

namespace Paydown.Server.Loans;

/// <summary>Everything stored about one repayment that a decision needs.</summary>
public sealed record StoredRepayment
{
    public required CustomerId CustomerId { get; init; }

    public required RepaymentId Id { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required LoanId AccountId { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required Money Amount { get; init; }

    public required PaymentMethod Method { get; init; }

    /// <summary>
    /// The value date, from which the money counts once verified: as reported, or as an officer corrected it.
    /// </summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>The amount and date as first recorded; null if nothing was corrected.</summary>
    public RepaymentTerms? BeforeCorrection { get; init; }

    /// <summary>Why it was corrected; null if it was not.</summary>
    public string? CorrectionReason { get; init; }

    /// <summary>The amount and date as first recorded, which are pending until the repayment is decided.</summary>
    public RepaymentTerms Reported => BeforeCorrection ?? new(Amount, PaidOn);

    public required RepaymentStatus Status { get; init; }

    /// <summary>The customer who reported it, or the officer or API token that recorded it.</summary>
    public required UserId RecordedBy { get; init; }

    /// <summary>The officer who gave the first of two approvals; null if there is none.</summary>
    public required UserId? FirstApprovedBy { get; init; }

    /// <summary>The terms that officer approved; null if there is no first approval.</summary>
    public RepaymentTerms? FirstTerms { get; init; }

    /// <summary>Why that officer corrected it; null if approved as reported.</summary>
    public string? FirstReason { get; init; }

    /// <summary>The number of first approvals so far, each of other terms than the one before.</summary>
    public int FirstRounds { get; init; }

    /// <summary>What a collector keeps of it; null if no collector has collected it, or if that was not read.</summary>
    public Money? Commission { get; init; }

    /// <summary>True if the money came from the customer's wallet.</summary>
    public bool IsFromWallet => Method == PaymentMethod.Wallet;

    /// <summary>The same repayment with a first approval.</summary>
    /// <param name="by">The officer.</param>
    /// <param name="terms">The approved amount and date.</param>
    /// <param name="reason">Why it was corrected; null if approved as reported.</param>
    public StoredRepayment ApprovedFirst(UserId by, RepaymentTerms terms, string? reason) =>
        this with
        {
            FirstApprovedBy = by,
            FirstTerms = terms,
            FirstReason = reason,
            FirstRounds = FirstRounds + 1,
        };

    /// <summary>The same repayment with the terms that an officer approves.</summary>
    /// <param name="terms">The reported or corrected amount and date.</param>
    /// <param name="reason">Why they were corrected; null if they were not.</param>
    public StoredRepayment With(RepaymentTerms terms, string? reason)
    {
        var isCorrected = terms != Reported;
        return this with
        {
            Amount = terms.Amount,
            PaidOn = terms.PaidOn,
            BeforeCorrection = isCorrected ? Reported : null,
            CorrectionReason = !isCorrected ? null : reason ?? (terms == FirstTerms ? FirstReason : null),
        };
    }

    /// <summary>The repayment as the rules see it.</summary>
    /// <param name="fourEyesAbove">
    /// The organisation's lowest four-eyes amount since the repayment was recorded; null if there is none.
    /// </param>
    /// <param name="loan">The loan that it repays.</param>
    public RepaymentCase ToCase(Money? fourEyesAbove, StoredLoan loan) =>
        new()
        {
            Status = Status,
            Amount = Reported.Amount,
            PaidOn = Reported.PaidOn,
            DisbursedOn = loan.DisbursedOn,
            FirstApprovedBy = FirstApprovedBy,
            FirstTerms = FirstTerms,
            FourEyesAbove = fourEyesAbove,
            RecordedBy = RecordedBy == CustomerId.AsUser ? null : RecordedBy,
        };
}

using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;

namespace Paydown.Server.Loans;

/// <summary>All that is stored of one repayment and that a decision on it needs.</summary>
public sealed record StoredRepayment
{
    public required Guid CustomerId { get; init; }

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>What counts, in minor units: as reported, or as an officer corrected it.</summary>
    public required long AmountMinor { get; init; }

    public required PaymentMethod Method { get; init; }

    /// <summary>
    /// Value date, the day from which the money counts once it is verified: as reported, or as an officer corrected it.
    /// </summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>As it was recorded at first; null: nothing was corrected.</summary>
    public RepaymentTerms? BeforeCorrection { get; init; }

    /// <summary>Why it was corrected; null: it was not.</summary>
    public string? CorrectionReason { get; init; }

    /// <summary>As it was recorded at first: what is pending until it is decided.</summary>
    public RepaymentTerms Reported => BeforeCorrection ?? new(AmountMinor, PaidOn);

    public required RepaymentStatus Status { get; init; }

    /// <summary>Who recorded it: the customer who reported it, or an officer.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>The officer who has approved it as the first of two.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>What that officer approved; null: nobody has.</summary>
    public RepaymentTerms? FirstTerms { get; init; }

    /// <summary>Why that officer corrected it; null: as reported.</summary>
    public string? FirstReason { get; init; }

    /// <summary>How many first approvals there were, each of other terms than the one before.</summary>
    public int FirstRounds { get; init; }

    /// <summary>True where its money came out of the customer's wallet.</summary>
    public bool IsFromWallet => Method == PaymentMethod.Wallet;

    /// <summary>The same repayment, which the first of two officers has approved.</summary>
    /// <param name="by">The officer.</param>
    /// <param name="terms">What was approved.</param>
    /// <param name="reason">Why it was corrected; null: as reported.</param>
    public StoredRepayment ApprovedFirst(Guid by, RepaymentTerms terms, string? reason) =>
        this with
        {
            FirstApprovedBy = by,
            FirstTerms = terms,
            FirstReason = reason,
            FirstRounds = FirstRounds + 1,
        };

    /// <summary>The same repayment with the terms that an officer approves.</summary>
    /// <param name="terms">As reported, or corrected.</param>
    /// <param name="reason">Why they are corrected.</param>
    public StoredRepayment With(RepaymentTerms terms, string? reason)
    {
        var isCorrected = terms != Reported;
        return this with
        {
            AmountMinor = terms.AmountMinor,
            PaidOn = terms.PaidOn,
            BeforeCorrection = isCorrected ? Reported : null,
            CorrectionReason = !isCorrected ? null : reason ?? (terms == FirstTerms ? FirstReason : null),
        };
    }

    /// <summary>What the rules see of it.</summary>
    /// <param name="fourEyesAboveMinor">The organisation's lowest amount since it was recorded.</param>
    /// <param name="loan">Its loan.</param>
    public RepaymentCase ToCase(long? fourEyesAboveMinor, StoredLoan loan) =>
        new()
        {
            Status = Status,
            AmountMinor = Reported.AmountMinor,
            PaidOn = Reported.PaidOn,
            Currency = loan.Currency,
            DisbursedOn = loan.DisbursedOn,
            FirstApprovedBy = FirstApprovedBy,
            FirstTerms = FirstTerms,
            FourEyesAboveMinor = fourEyesAboveMinor,
            RecordedBy = RecordedBy == CustomerId ? null : RecordedBy,
        };
}

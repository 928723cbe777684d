using Paydown.Lending.Amounts;
using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Repayments;

/// <summary>
/// The state of a repayment: <see cref="PendingVerification"/> → <see cref="Verified"/> → <see cref="Reversed"/>, or →
/// <see cref="Rejected"/>.
/// </summary>
public enum RepaymentStatus
{
    PendingVerification,
    Verified,
    Rejected,
    Reversed,
}

public static class RepaymentStatuses
{
    /// <summary>The status that the contract shows: a reversed repayment appears as rejected.</summary>
    public static RepaymentStatus ShownToCustomer(this RepaymentStatus status) =>
        status == RepaymentStatus.Reversed ? RepaymentStatus.Rejected : status;
}

/// <summary>A repayment as the deciding officer must see it.</summary>
public sealed record RepaymentCase
{
    public required RepaymentStatus Status { get; init; }

    /// <summary>As it was recorded, in the loan's currency.</summary>
    public required Money Amount { get; init; }

    /// <summary>The payment date as it was recorded.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>When the loan was paid out; null: not yet.</summary>
    public required DateOnly? DisbursedOn { get; init; }

    /// <summary>The officer who approved it as the first of two; null: none yet.</summary>
    public required UserId? FirstApprovedBy { get; init; }

    /// <summary>What that officer approved; null: what was recorded.</summary>
    public RepaymentTerms? FirstTerms { get; init; }

    /// <summary>
    /// The lowest four-eyes amount of the organisation since the repayment was recorded; null: it has had none. A limit
    /// that is raised later does not release a repayment that is already recorded.
    /// </summary>
    public required Money? FourEyesAbove { get; init; }

    /// <summary>The officer who recorded it; null: the customer reported it.</summary>
    public UserId? RecordedBy { get; init; }

    /// <summary>As it was recorded.</summary>
    public RepaymentTerms Reported => new(Amount, PaidOn);

    /// <summary>Whether two officers must verify it; once a first one has approved it, always.</summary>
    public bool NeedsTwoOfficers => FirstApprovedBy is not null || Amount > FourEyesAbove;

    /// <summary>The same for other terms: neither a larger amount nor a smaller one releases it.</summary>
    public bool NeedsTwoOfficersFor(RepaymentTerms terms) => NeedsTwoOfficers || terms.Amount > FourEyesAbove;

    /// <summary>How many officers must still approve before it counts: 2, 1, or 0 once it is decided.</summary>
    public int ApprovalsNeeded =>
        FourEyesRules.ApprovalsNeeded(
            Status == RepaymentStatus.PendingVerification,
            FirstApprovedBy is not null,
            Amount,
            FourEyesAbove
        );
}

/// <summary>The effect of an officer's approval on a repayment.</summary>
/// <param name="Approval">Whether it counts now, or a second officer must approve the same terms.</param>
/// <param name="Terms">What was approved: as reported, or corrected.</param>
public readonly record struct ApprovedRepayment(Approval Approval, RepaymentTerms Terms);

/// <summary>
/// Decides who may verify, reject, withdraw and reverse a repayment, and when. The order of the refusals is
/// tested.
/// </summary>
public static class VerificationRules
{
    /// <summary>
    /// Verified, or approved by the first of two different officers, with the terms that count from then on. The
    /// officer who recorded it is neither. Two officers must approve the same terms: other terms start the count again.
    /// </summary>
    /// <param name="repayment">Null: the officer's organisation has none of this id.</param>
    /// <param name="correction">What the officer says in place of the report.</param>
    /// <param name="today">The date in the organisation's time zone.</param>
    /// <param name="officerId">Who decides.</param>
    /// <param name="isPerson">
    /// False for an API token, which never verifies what needs two officers or what an officer recorded: a manager
    /// could create one to verify alone.
    /// </param>
    public static Result<ApprovedRepayment> Verify(
        RepaymentCase? repayment,
        Correction correction,
        DateOnly today,
        UserId officerId,
        bool isPerson = true
    )
    {
        if (repayment is null)
            return Refusals.NotFound("repayment");
        if (repayment.Status != RepaymentStatus.PendingVerification)
            return AlreadyDecided(repayment);
        if (repayment.RecordedBy == officerId)
            return Refusals.RecorderCannotVerify();
        if (repayment.RecordedBy is not null && !isPerson)
            return Refusals.PersonRequired();
        var terms = CorrectionRules.Approved(repayment, correction, today);
        if (terms.IsRefused)
            return terms.Refusal;
        var approval = FourEyesRules.Approve(
            repayment.NeedsTwoOfficersFor(terms.Value),
            (repayment.FirstTerms ?? repayment.Reported) == terms.Value ? repayment.FirstApprovedBy : null,
            officerId,
            isPerson
        );
        return approval.IsRefused ? approval.Refusal : new ApprovedRepayment(approval.Value, terms.Value);
    }

    /// <summary>
    /// Null if the customer may withdraw the repayment: their own report that no officer has approved yet.
    /// </summary>
    /// <param name="repayment">Null: the customer has none of this id.</param>
    public static Refusal? Withdraw(RepaymentCase? repayment)
    {
        if (repayment is null)
            return Refusals.NotFound("repayment");
        if (repayment.Status != RepaymentStatus.PendingVerification)
            return AlreadyDecided(repayment);
        if (repayment.RecordedBy is not null)
            return Refusals.CannotWithdraw("The lender recorded this repayment");
        return repayment.FirstApprovedBy is not null
            ? Refusals.CannotWithdraw("An officer has already approved this repayment")
            : null;
    }

    /// <summary>Null if the repayment may be rejected; one officer is enough, because no balance changes.</summary>
    public static Refusal? Reject(RepaymentCase? repayment)
    {
        if (repayment is null)
            return Refusals.NotFound("repayment");
        return repayment.Status != RepaymentStatus.PendingVerification ? AlreadyDecided(repayment) : null;
    }

    /// <summary>Null if the repayment may be reversed: only verified money can be, and only once.</summary>
    public static Refusal? Reverse(RepaymentCase? repayment)
    {
        if (repayment is null)
            return Refusals.NotFound("repayment");
        if (repayment.Status == RepaymentStatus.PendingVerification)
            return Refusals.RepaymentNotVerified();
        return repayment.Status != RepaymentStatus.Verified ? AlreadyDecided(repayment) : null;
    }

    private static Refusal AlreadyDecided(RepaymentCase repayment) =>
        Refusals.AlreadyDecided(Words.Write(repayment.Status));
}

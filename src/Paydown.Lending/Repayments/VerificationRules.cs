namespace Paydown.Lending.Repayments;

/// <summary>
/// Where a repayment stands: <see cref="PendingVerification"/> → <see cref="Verified"/> → <see cref="Reversed"/>, or →
/// <see cref="Rejected"/>. A customer is shown a reversed one as rejected, with its reason.
/// </summary>
public enum RepaymentStatus { PendingVerification, Verified, Rejected, Reversed }

/// <summary>A repayment as an officer who decides must see it.</summary>
public sealed record RepaymentCase
{
    public required RepaymentStatus Status { get; init; }

    public required long AmountMinor { get; init; }

    /// <summary>The officer who has approved it as the first of two; null: nobody yet.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>
    /// The lowest four-eyes amount of the organisation since the repayment was recorded, in minor units; null: it has
    /// had none. A limit that is raised later does not release a repayment that is already recorded.
    /// </summary>
    public required long? FourEyesAboveMinor { get; init; }

    /// <summary>The officer who recorded it; null: the customer reported it.</summary>
    public Guid? RecordedBy { get; init; }

    /// <summary>Whether two officers must verify it; once a first one has approved it, always.</summary>
    public bool NeedsTwoOfficers => FirstApprovedBy is not null || AmountMinor > FourEyesAboveMinor;

    /// <summary>How many officers must still approve before it counts: 2, 1, or 0 once it is decided.</summary>
    public int ApprovalsNeeded =>
        Status != RepaymentStatus.PendingVerification ? 0 : FirstApprovedBy is null && NeedsTwoOfficers ? 2 : 1;
}

/// <summary>
/// Decides who may verify, reject and reverse a repayment, and when. The order in which a refusal wins is tested.
/// </summary>
public static class VerificationRules
{
    /// <summary>
    /// Verified, or approved by the first of two different officers. The officer who recorded it is neither.
    /// </summary>
    /// <param name="repayment">Null: the officer's organisation has none of this id.</param>
    /// <param name="officerId">Who decides.</param>
    /// <param name="isPerson">
    /// False for an API token, which never verifies what needs two officers or what an officer recorded: a manager
    /// could create one to verify alone.
    /// </param>
    public static Result<Approval> Verify(RepaymentCase? repayment, Guid officerId, bool isPerson = true)
    {
        if (repayment is null) return Refusals.NotFound("repayment");
        if (repayment.Status != RepaymentStatus.PendingVerification) return AlreadyDecided(repayment);
        if (repayment.RecordedBy == officerId) return Refusals.RecorderCannotVerify();
        if (repayment.RecordedBy is not null && !isPerson) return Refusals.PersonRequired();
        return FourEyesRules.Approve(
            repayment.NeedsTwoOfficers, repayment.FirstApprovedBy, officerId, isPerson);
    }

    /// <summary>Null where the repayment may be rejected; one officer suffices, since no balance changes.</summary>
    public static Refusal? Reject(RepaymentCase? repayment)
    {
        if (repayment is null) return Refusals.NotFound("repayment");
        return repayment.Status != RepaymentStatus.PendingVerification ? AlreadyDecided(repayment) : null;
    }

    /// <summary>Null where the repayment may be reversed: only verified money can be taken back, and once.</summary>
    public static Refusal? Reverse(RepaymentCase? repayment)
    {
        if (repayment is null) return Refusals.NotFound("repayment");
        if (repayment.Status == RepaymentStatus.PendingVerification) return Refusals.RepaymentNotVerified();
        return repayment.Status != RepaymentStatus.Verified ? AlreadyDecided(repayment) : null;
    }

    private static Refusal AlreadyDecided(RepaymentCase repayment) =>
        Refusals.AlreadyDecided(repayment.Status.ToString().ToUpperInvariant());
}

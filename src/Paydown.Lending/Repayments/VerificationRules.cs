namespace Paydown.Lending.Repayments;

/// <summary>
/// Where a repayment stands: <see cref="PendingVerification"/> → <see cref="Verified"/> → <see cref="Reversed"/>, or →
/// <see cref="Rejected"/>. A customer is shown a reversed one as rejected, with its reason.
/// </summary>
public enum RepaymentStatus { PendingVerification, Verified, Rejected, Reversed }

/// <summary>What a verification comes to.</summary>
public enum Verification
{
    /// <summary>The first of two officers has said yes; the money does not count yet.</summary>
    FirstApproval,

    /// <summary>The money counts.</summary>
    Verified,
}

/// <summary>A repayment as an officer who decides must see it.</summary>
public sealed record RepaymentCase
{
    public required RepaymentStatus Status { get; init; }

    public required long AmountMinor { get; init; }

    /// <summary>The officer who has approved it as the first of two; null: nobody yet.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>Above this many minor units the organisation wants two officers; null: one always suffices.</summary>
    public required long? FourEyesAboveMinor { get; init; }

    public bool NeedsTwoOfficers => AmountMinor > FourEyesAboveMinor;
}

/// <summary>
/// Decides who may verify, reject and reverse a repayment, and when. The order in which a refusal wins is tested.
/// </summary>
public static class VerificationRules
{
    /// <summary>Verified, or approved by the first of two different officers.</summary>
    /// <param name="repayment">Null: the officer's organisation has none of this id.</param>
    /// <param name="officerId">Who decides.</param>
    /// <param name="isPerson">
    /// False for an API token: a manager could make one to be the second of two officers.
    /// </param>
    public static Result<Verification> Verify(RepaymentCase? repayment, Guid officerId, bool isPerson = true)
    {
        if (repayment is null) return Refusals.NotFound("repayment");
        if (repayment.Status != RepaymentStatus.PendingVerification) return AlreadyDecided(repayment);
        if (!repayment.NeedsTwoOfficers) return Verification.Verified;
        if (!isPerson) return Refusals.PersonRequired();
        if (repayment.FirstApprovedBy is null) return Verification.FirstApproval;
        if (repayment.FirstApprovedBy == officerId) return Refusals.SecondOfficerRequired();
        return Verification.Verified;
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

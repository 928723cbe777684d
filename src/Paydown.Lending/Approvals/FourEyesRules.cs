using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Approvals;

/// <summary>The effect of one officer's approval.</summary>
public enum Approval
{
    /// <summary>The first of two officers agrees; nothing changes until the second does.</summary>
    First,

    /// <summary>No other officer is needed: it takes effect now.</summary>
    Final,
}

/// <summary>
/// Decides whether one officer is enough or two different ones must agree: for repayments, applications, acts on a
/// loan, and changes that weaken a control.
/// </summary>
public static class FourEyesRules
{
    /// <summary>
    /// The first of two approvals, or the final one. An approval that was recorded as the first of two is never
    /// released from its second, even if the limit has been raised or removed since.
    /// </summary>
    /// <param name="needsTwo">Whether it needs two officers by the limits that apply to it.</param>
    /// <param name="firstApprovedBy">The officer who approved exactly this before; null: none did.</param>
    /// <param name="officerId">The officer who approves now.</param>
    /// <param name="isPerson">
    /// False for an API token: a manager could create one to be the second of two officers.
    /// </param>
    public static Result<Approval> Approve(bool needsTwo, UserId? firstApprovedBy, UserId officerId, bool isPerson)
    {
        if (!needsTwo && firstApprovedBy is null)
            return Approval.Final;
        if (!isPerson)
            return Refusals.PersonRequired();
        if (firstApprovedBy is null)
            return Approval.First;
        return firstApprovedBy == officerId ? Refusals.SecondOfficerRequired() : Approval.Final;
    }

    /// <summary>
    /// How many officers must still approve something before it takes effect: 2, 1, or 0 once it is decided.
    /// </summary>
    /// <param name="isOpen">Whether it is still undecided.</param>
    /// <param name="hasFirst">Whether the first of two officers has approved it.</param>
    /// <param name="amount">The amount that is compared with the limit.</param>
    /// <param name="above">The limit that applies; null: none.</param>
    public static int ApprovalsNeeded(bool isOpen, bool hasFirst, Money amount, Money? above) =>
        !isOpen ? 0
        : !hasFirst && amount > above ? 2
        : 1;

    /// <summary>The stricter of two limits; null means no limit.</summary>
    public static Money? Stricter(Money? one, Money? other) =>
        one is { } first && other is { } second ? Money.Min(first, second) : one ?? other;

    /// <summary>True if a limit allows a single officer more than another one did; null means no limit.</summary>
    public static bool IsWeaker(Money? after, Money? before) => before is not null && (after is null || after > before);
}

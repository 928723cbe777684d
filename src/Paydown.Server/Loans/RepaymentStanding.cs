using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;

namespace Paydown.Server.Loans;

/// <summary>One new version of a repayment's allocation.</summary>
/// <param name="CustomerId">The customer who repaid.</param>
/// <param name="Paid">The repayment as the fold allocated it.</param>
/// <param name="Step">
/// Counted from 1 within the group of changes; the store adds the number of versions stored before.
/// </param>
/// <param name="At">When the change was recorded.</param>
public sealed record AllocationVersion(CustomerId CustomerId, LoanTransaction Paid, int Step, DateTimeOffset At);

/// <summary>The standing of a repayment after a group of changes.</summary>
/// <param name="CustomerId">The customer who repaid.</param>
/// <param name="RepaymentId">The repayment.</param>
/// <param name="Status">A decided status: pending repayments have no standing.</param>
/// <param name="Reason">Why it was rejected or reversed; null if it was not.</param>
/// <param name="Steps">The number of allocation versions that the group adds.</param>
/// <param name="Counted">The repayment as the fold allocated it; null if it does not count.</param>
public sealed record RepaymentStanding(
    CustomerId CustomerId,
    RepaymentId RepaymentId,
    RepaymentStatus Status,
    string? Reason,
    int Steps,
    LoanTransaction? Counted
)
{
    /// <summary>The verification that corrected it; null if this group has none.</summary>
    public RepaymentDecision? Correction { get; init; }

    /// <summary>The new allocation versions of a group, numbered per repayment.</summary>
    public static IReadOnlyList<AllocationVersion> VersionsOf(IReadOnlyList<LoanChange> changes)
    {
        var steps = new Dictionary<LoanEventId, int>();
        var versions = new List<AllocationVersion>();
        foreach (var change in changes)
        {
            foreach (var paid in change.Allocated)
            {
                var step = steps[paid.EventId] = steps.GetValueOrDefault(paid.EventId) + 1;
                versions.Add(new AllocationVersion(change.After.CustomerId, paid, step, change.ActionContext.At));
            }
        }

        return versions;
    }

    /// <summary>One standing per repayment that the group touches, as of the end of the group.</summary>
    public static IReadOnlyList<RepaymentStanding> LastOf(
        IReadOnlyList<LoanChange> changes,
        IReadOnlyList<AllocationVersion> versions
    )
    {
        var last = new Dictionary<RepaymentId, RepaymentStanding>();
        foreach (var change in changes)
        {
            var customerId = change.After.CustomerId;
            foreach (var paid in change.Allocated)
            {
                var id = paid.EventId.AsRepayment;
                last[id] = new(customerId, id, RepaymentStatus.Verified, null, 0, paid);
            }

            foreach (var decision in change.Decisions)
            {
                if (decision.Leads is RepaymentStatus.Rejected or RepaymentStatus.Reversed)
                    last[decision.RepaymentId] = new(
                        customerId,
                        decision.RepaymentId,
                        decision.Leads.Value,
                        decision.Reason,
                        0,
                        null
                    );
            }
        }

        foreach (var decision in changes.SelectMany(change => change.Decisions))
        {
            if (decision is { Kind: DecisionKind.Verified, IsCorrection: true })
                last[decision.RepaymentId] = last[decision.RepaymentId] with { Correction = decision };
        }

        foreach (var version in versions)
            last[version.Paid.EventId.AsRepayment] = last[version.Paid.EventId.AsRepayment] with
            {
                Steps = version.Step,
            };
        return [.. last.Values];
    }

    /// <summary>The due date of the earliest installment that a payment settles; null if it settles none.</summary>
    public static DateOnly? DueOnOf(LoanTransaction paid) =>
        paid.Lines.Count == 0 ? null : paid.Lines.Min(line => line.DueOn);
}

using Paydown.Lending.Allocation;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>A repayment right after an officer verified, rejected or reversed it.</summary>
public sealed record DecidedRepayment
{
    /// <summary>The repayment's id.</summary>
    public required RepaymentId Id { get; init; }

    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>
    /// <c>VERIFIED</c>, <c>REJECTED</c>, or <c>PENDING_VERIFICATION</c> while a second officer is awaited.
    /// </summary>
    public required string VerificationStatus { get; init; }

    /// <summary>True if the repayment counted until it was reversed.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>Why it was rejected or reversed; null if it was verified.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required Money RepaymentAmount { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required Money? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected the amount or date; null if no officer did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The loan's outstanding principal after the decision.</summary>
    public required Money PrincipalBalance { get; init; }

    /// <summary>The loan's total outstanding after the decision.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>The loan account's state after the decision.</summary>
    public required string AccountState { get; init; }

    /// <summary>The part of this repayment that exceeds everything owed; it belongs to the customer.</summary>
    public required Money Overpaid { get; init; }

    /// <summary>The installments that it settled; empty if it does not count.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    /// <summary>The ids of other repayments whose allocation this decision changed.</summary>
    public required IReadOnlyList<RepaymentId> ReallocatedRepayments { get; init; }

    /// <summary>The officer who gave the first of two approvals; null if one approval suffices.</summary>
    public required UserId? FirstApprovedBy { get; init; }

    /// <summary>How many more approvals this decision needs before it takes effect; 0 if it has taken effect.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The reversal that awaits a second officer; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>The response to a decision that was written.</summary>
    public static DecidedRepayment Of(LoanChange change, StoredRepayment repayment)
    {
        var decision = change.Decisions[0];
        var isFirst = decision.Kind == DecisionKind.FirstApproval;
        return Of(change.After, change.State, repayment, decision.Leads ?? repayment.Status) with
        {
            RejectionReason = decision.Leads is RepaymentStatus.Verified or null ? null : decision.Reason,
            ReallocatedRepayments =
            [
                .. change.Allocated.Select(one => one.EventId.AsRepayment).Where(id => id != repayment.Id),
            ],
            FirstApprovedBy = isFirst ? change.ActionContext.By : repayment.FirstApprovedBy,
            ApprovalsNeeded = isFirst ? 1 : 0,
        };
    }

    /// <summary>The response to a decision that awaits a second officer: nothing has changed.</summary>
    public static DecidedRepayment Of(
        StoredLoan loan,
        Loan state,
        StoredRepayment repayment,
        AwaitedApproval awaited
    ) =>
        Of(loan, state, repayment, repayment.Status) with
        {
            FirstApprovedBy = awaited.FirstApprovedBy,
            ApprovalsNeeded = awaited.ApprovalsNeeded,
            AwaitedApproval = awaited,
        };

    private static DecidedRepayment Of(StoredLoan loan, Loan state, StoredRepayment repayment, RepaymentStatus status)
    {
        var counted =
            status == RepaymentStatus.Verified
                ? state.Transactions.First(one => one.EventId == repayment.Id.AsEvent)
                : null;
        return new DecidedRepayment
        {
            Id = repayment.Id,
            AccountId = loan.Id,
            LoanApplicationId = loan.ApplicationId,
            VerificationStatus = Words.Write(status.ShownToCustomer()),
            IsReversed = status == RepaymentStatus.Reversed,
            RejectionReason = null,
            RepaymentAmount = repayment.Amount,
            PaymentDate = repayment.PaidOn,
            ReportedAmount = repayment.BeforeCorrection?.Amount,
            ReportedPaymentDate = repayment.BeforeCorrection?.PaidOn,
            CorrectionReason = repayment.CorrectionReason,
            PrincipalBalance = loan.Money(state.Outstanding.Principal),
            TotalBalance = loan.Money(state.Outstanding.Total),
            AccountState = Words.Write(state.Status),
            Overpaid = counted?.Overpaid ?? Money.Zero(loan.Currency),
            Allocation = [.. (counted?.Lines ?? []).Select(line => ExplainedLine.Of(line, loan.Currency))],
            ReallocatedRepayments = [],
            FirstApprovedBy = null,
            ApprovalsNeeded = 0,
            AwaitedApproval = null,
        };
    }
}

using Paydown.Lending.Allocation;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>What an officer is answered who verified, rejected or reversed a repayment.</summary>
public sealed record DecidedRepayment
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid? LoanApplicationId { get; init; }

    /// <summary><c>PENDING_VERIFICATION</c> while a second officer is awaited.</summary>
    public required string VerificationStatus { get; init; }

    /// <summary>True where it had counted and was taken back.</summary>
    public required bool IsReversed { get; init; }

    public required string? RejectionReason { get; init; }

    public required Money RepaymentAmount { get; init; }

    public required DateOnly PaymentDate { get; init; }

    /// <summary>What was reported, if an officer corrects amount or date; else null.</summary>
    public required Money? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrects amount or date; else null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrects amount or date; null: nobody does.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>What the loan owes now, in principal and in all.</summary>
    public required Money PrincipalBalance { get; init; }

    public required Money TotalBalance { get; init; }

    /// <summary>State of the loan account now.</summary>
    public required string AccountState { get; init; }

    /// <summary>Of this repayment: beyond all that was owed.</summary>
    public required Money Overpaid { get; init; }

    /// <summary>Which installments it settled; empty where it does not count.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    /// <summary>Other repayments of the loan that settle something else since this decision.</summary>
    public required IReadOnlyList<Guid> ReallocatedRepayments { get; init; }

    /// <summary>The officer who approved it as the first of two; null: one suffices.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>How many officers must still approve this decision before it takes effect; 0: it has.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The reversal that waits for a second officer; null: none does.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>The answer to a decision.</summary>
    public static DecidedRepayment Of(LoanChange change, StoredRepayment repayment)
    {
        var decision = change.Decisions[0];
        var isFirst = decision.Kind == DecisionKind.FirstApproval;
        return Of(change.After, change.State, repayment, decision.Leads ?? repayment.Status) with
        {
            RejectionReason = decision.Leads is RepaymentStatus.Verified or null ? null : decision.Reason,
            ReallocatedRepayments = [.. change.Allocated.Select(one => one.EventId).Where(id => id != repayment.Id)],
            FirstApprovedBy = isFirst ? change.ActionContext.By : repayment.FirstApprovedBy,
            ApprovalsNeeded = isFirst ? 1 : 0,
        };
    }

    /// <summary>The answer to a decision that waits for a second officer: nothing has changed.</summary>
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
            status == RepaymentStatus.Verified ? state.Transactions.First(one => one.EventId == repayment.Id) : null;
        return new DecidedRepayment
        {
            Id = repayment.Id,
            AccountId = loan.Id,
            LoanApplicationId = loan.ApplicationId,
            VerificationStatus = Words.Write(status.ShownToCustomer()),
            IsReversed = status == RepaymentStatus.Reversed,
            RejectionReason = null,
            RepaymentAmount = loan.Money(repayment.AmountMinor),
            PaymentDate = repayment.PaidOn,
            ReportedAmount = repayment.BeforeCorrection is { } before ? loan.Money(before.AmountMinor) : null,
            ReportedPaymentDate = repayment.BeforeCorrection?.PaidOn,
            CorrectionReason = repayment.CorrectionReason,
            PrincipalBalance = loan.Money(state.Outstanding.Principal),
            TotalBalance = loan.Money(state.Outstanding.Total),
            AccountState = Words.Write(state.Status),
            Overpaid = loan.Money(counted?.OverpaidMinor ?? 0),
            Allocation = [.. (counted?.Lines ?? []).Select(line => ExplainedLine.Of(line, loan.Currency))],
            ReallocatedRepayments = [],
            FirstApprovedBy = null,
            ApprovalsNeeded = 0,
            AwaitedApproval = null,
        };
    }

    public static DecidedRepayment Example { get; } = CreateExample();

    private static DecidedRepayment CreateExample()
    {
        var naira = Currency.Get("NGN");
        var line = new AllocationLine(
            3,
            new DateOnly(2026, 1, 31),
            new ComponentAmounts(4_500_000, 460_000, 0, 40_000)
        );
        return new DecidedRepayment
        {
            Id = Guid.Parse("01957ad2-7c00-7000-8000-000000000001"),
            AccountId = Guid.Parse("01957ad2-7c00-7000-8000-000000000002"),
            LoanApplicationId = Guid.Parse("01957ad2-7c00-7000-8000-000000000003"),
            VerificationStatus = "VERIFIED",
            IsReversed = false,
            RejectionReason = null,
            RepaymentAmount = new Money(5_000_000, naira),
            PaymentDate = new DateOnly(2026, 1, 31),
            ReportedAmount = null,
            ReportedPaymentDate = null,
            CorrectionReason = null,
            PrincipalBalance = new Money(40_500_000, naira),
            TotalBalance = new Money(43_250_000, naira),
            AccountState = "ACTIVE",
            Overpaid = Money.Zero(naira),
            Allocation = [ExplainedLine.Of(line, naira)],
            ReallocatedRepayments = [],
            FirstApprovedBy = null,
            ApprovalsNeeded = 0,
            AwaitedApproval = null,
        };
    }
}

/// <summary>What a repayment settled of one installment, in figures and in words.</summary>
public sealed record ExplainedLine(
    int InstallmentNumber,
    DateOnly DueDate,
    Money Principal,
    Money Interest,
    Money Fees,
    Money Penalty,
    string Explanation
)
{
    public static ExplainedLine Of(AllocationLine line, Currency currency) =>
        new(
            line.InstallmentNumber,
            line.DueOn,
            new Money(line.Components.Principal, currency),
            new Money(line.Components.Interest, currency),
            new Money(line.Components.Fees, currency),
            new Money(line.Components.Penalty, currency),
            AllocationExplanation.Of(line, currency)
        );
}

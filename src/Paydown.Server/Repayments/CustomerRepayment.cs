using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Repayments;

/// <summary>One repayment in the customer's list, with the fields of the contract.</summary>
public sealed record CustomerRepayment
{
    /// <summary>The repayment's id, as returned when it was recorded.</summary>
    public required RepaymentId Id { get; init; }

    /// <summary>
    /// How it was paid: <c>BANK_TRANSFER</c>, <c>DIRECT_DEBIT</c>, <c>WALLET</c>, <c>CARD</c> or <c>CASH</c>.
    /// </summary>
    public required string LoanRepaymentMethodEnum { get; init; }

    /// <summary>The name of the loan account's product family.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required Money RepaymentAmount { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>
    /// The loan's outstanding principal right after this repayment; while it does not count, the principal outstanding
    /// now.
    /// </summary>
    public required Money PrincipalBalance { get; init; }

    /// <summary>
    /// The loan's total outstanding right after this repayment; while it does not count, the total outstanding now.
    /// </summary>
    public required Money TotalBalance { get; init; }

    /// <summary>True once the repayment is verified and therefore counts.</summary>
    public required bool LoanAmountPaid { get; init; }

    /// <summary>When the repayment was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>
    /// The due date of the earliest installment that it settles; while it does not count, of the earliest unpaid one.
    /// Null if there is none.
    /// </summary>
    public required DateOnly? PaymentDueDate { get; init; }

    /// <summary>The number of installments of the loan.</summary>
    public required int InstallmentCount { get; init; }

    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The largest repayment that can be reported on this loan now.</summary>
    public required Money TotalPayable { get; init; }

    /// <summary>
    /// <c>PENDING_VERIFICATION</c>, <c>VERIFIED</c> or <c>REJECTED</c>. A reversed repayment is shown as
    /// <c>REJECTED</c>.
    /// </summary>
    public required string VerificationStatus { get; init; }

    /// <summary>Why it was rejected, withdrawn or reversed; null if it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>The reference as reported or recorded.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required Money? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected the amount or date; null if no officer did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The installments that it settled; empty while it does not count.</summary>
    public required IReadOnlyList<AllocatedPart> Allocation { get; init; }
}

/// <summary>The part of a repayment that settled one installment.</summary>
/// <param name="InstallmentNumber">The installment's place in the schedule, counted from 1.</param>
/// <param name="Principal">The principal that was paid.</param>
/// <param name="Interest">The interest that was paid.</param>
/// <param name="Fees">The fees that were paid.</param>
/// <param name="Penalty">The penalty that was paid.</param>
public sealed record AllocatedPart(int InstallmentNumber, Money Principal, Money Interest, Money Fees, Money Penalty);

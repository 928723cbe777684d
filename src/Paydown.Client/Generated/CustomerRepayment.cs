namespace Paydown.Client;

/// <summary>One repayment in the customer's list, with the fields of the contract.</summary>
public sealed partial record CustomerRepayment
{
    /// <summary>The repayment's id, as returned when it was recorded.</summary>
    public required Guid Id { get; init; }

    /// <summary>How it was paid: BANK_TRANSFER, DIRECT_DEBIT, WALLET, CARD or CASH.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>The name of the loan account's product family.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>
    /// The loan's outstanding principal right after this repayment; while it does not count, the principal outstanding
    /// now.
    /// </summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>
    /// The loan's total outstanding right after this repayment; while it does not count, the total outstanding now.
    /// </summary>
    public required decimal TotalBalance { get; init; }

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
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The largest repayment that can be reported on this loan now.</summary>
    public required decimal TotalPayable { get; init; }

    /// <summary>PENDING_VERIFICATION, VERIFIED or REJECTED. A reversed repayment is shown as REJECTED.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>Why it was rejected, withdrawn or reversed; null if it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>The reference as reported or recorded.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required decimal? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected the amount or date; null if no officer did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The installments that it settled; empty while it does not count.</summary>
    public required IReadOnlyList<AllocatedPart> Allocation { get; init; }
}

namespace Paydown.Client;

/// <summary>A repayment as officers see it.</summary>
public sealed record OfficerRepayment
{
    /// <summary>Id of the repayment.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>Id of the customer, who is the user.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Name of the customer.</summary>
    public required string CustomerName { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>Name of the product family of the loan account.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>How it was paid.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>How much was paid.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The reference written on the transfer.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>Whether the reference is the one of the loan.</summary>
    public required bool ReferenceMatches { get; init; }

    /// <summary>A note of the customer.</summary>
    public required string? PaymentNarration { get; init; }

    /// <summary>The bank account that the report names; null: it names none.</summary>
    public required PayersBankAccount? BankAccount { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>What was reported, if an officer corrected amount or date; else null.</summary>
    public required decimal? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected amount or date; else null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected amount or date; null: nobody did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The customer who reported it, or the officer or API token that recorded it.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>An earlier repayment that may be the same transfer; null: none.</summary>
    public required Guid? PossibleDuplicateOf { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>What became of it.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>Whether it was taken back after it counted.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>Why it was rejected or reversed; null where it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>Who approved first, where two must.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>How many officers must still approve it: 2, 1, or 0 once it is decided.</summary>
    public int ApprovalsNeeded { get; init; }

    /// <summary>Who decided.</summary>
    public required Guid? DecidedBy { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Principal that is outstanding.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>All that is outstanding.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>What it paid, installment by installment.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }
}

/// <summary>The bank account that a customer says a repayment was sent from.</summary>
/// <param name="BankAccountId">Id of the bank account.</param>
/// <param name="AccountNumber">Its number.</param>
/// <param name="AccountName">The name of its holder at the bank.</param>
/// <param name="BankCode">The code of the bank.</param>
/// <param name="BankName">The name of the bank.</param>
public sealed record PayersBankAccount(
    Guid BankAccountId,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string BankName
);

/// <summary>A repayment after an officer decided, and how the loan stands with it.</summary>
public sealed record DecidedRepayment
{
    /// <summary>Id of the repayment.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>What became of it.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>Whether it was taken back after it counted.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>Why it was rejected or reversed; null where it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>How much was paid.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>What was reported, if an officer corrected amount or date; else null.</summary>
    public required decimal? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected amount or date; else null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected amount or date; null: nobody did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>Principal that is outstanding.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>All that is outstanding.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>How the loan account stands.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>What was paid over all that is owed.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>What it paid, installment by installment.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    /// <summary>Ids of other repayments whose allocation changed with it.</summary>
    public required IReadOnlyList<Guid> ReallocatedRepayments { get; init; }

    /// <summary>The officer who approved it as the first of two; null: one suffices.</summary>
    public Guid? FirstApprovedBy { get; init; }

    /// <summary>How many officers must still approve this decision; 0: it has taken effect.</summary>
    public int ApprovalsNeeded { get; init; }

    /// <summary>The reversal that waits for a second officer; null: none does.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}

/// <summary>What a repayment paid of one installment, and why.</summary>
public sealed record ExplainedLine
{
    /// <summary>Number of the installment, from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Part that pays principal.</summary>
    public required decimal Principal { get; init; }

    /// <summary>Part that pays interest.</summary>
    public required decimal Interest { get; init; }

    /// <summary>Part that pays fees.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Part that pays penalties.</summary>
    public required decimal Penalty { get; init; }

    /// <summary>Why this part went here, in words.</summary>
    public required string Explanation { get; init; }
}

/// <summary>A charge that was applied, and what is outstanding with it.</summary>
public sealed record AppliedCharge
{
    /// <summary>Id of the charge; null while a second officer is awaited.</summary>
    public required Guid? Id { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>What was charged.</summary>
    public required ChargeKind Kind { get; init; }

    /// <summary>How much was charged.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Fees that are outstanding.</summary>
    public required decimal FeesBalance { get; init; }

    /// <summary>Penalties that are outstanding.</summary>
    public required decimal PenaltyBalance { get; init; }

    /// <summary>All that is outstanding.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>How the loan account stands.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>What waits for a second officer; null: nothing does.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}

/// <summary>Who collects a loan.</summary>
public sealed record ThirdPartyCollection
{
    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Whether a third party collects.</summary>
    public required bool IsThirdPartyPayment { get; init; }

    /// <summary>Who collects; null where the lender does.</summary>
    public required string? Collector { get; init; }
}

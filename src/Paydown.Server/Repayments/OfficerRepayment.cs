using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Loans;

namespace Paydown.Server.Repayments;

/// <summary>One repayment in the officers' list.</summary>
public sealed record OfficerRepayment
{
    /// <summary>The repayment's id.</summary>
    public required RepaymentId Id { get; init; }

    /// <summary>The loan account.</summary>
    public required LoanId AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The name of the loan account's product family.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>
    /// How it was paid: <c>BANK_TRANSFER</c>, <c>DIRECT_DEBIT</c>, <c>WALLET</c>, <c>CARD</c> or <c>CASH</c>.
    /// </summary>
    public required string LoanRepaymentMethodEnum { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required Money RepaymentAmount { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The reference as reported or recorded.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>False if the reference is not the loan's own, so an officer must match it by hand.</summary>
    public required bool ReferenceMatches { get; init; }

    /// <summary>The note that came with the repayment; null if there was none.</summary>
    public required string? PaymentNarration { get; init; }

    /// <summary>The customer's bank account that the payment came from; null if none was named.</summary>
    public required PayersBankAccount? BankAccount { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required Money? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected the amount or date; otherwise null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected the amount or date; null if no officer did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The customer who reported it, or the officer or API token that recorded it.</summary>
    public required UserId RecordedBy { get; init; }

    /// <summary>
    /// An earlier repayment that may be the same transfer: the same loan, amount and payment day, or the same reference
    /// and amount within a few days. Null if no pending or verified repayment looks the same.
    /// </summary>
    public required RepaymentId? PossibleDuplicateOf { get; init; }

    /// <summary>When the repayment was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>
    /// <c>PENDING_VERIFICATION</c>, <c>VERIFIED</c> or <c>REJECTED</c>. A reversed repayment is <c>REJECTED</c>.
    /// </summary>
    public required string VerificationStatus { get; init; }

    /// <summary>True if the repayment counted until it was reversed.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>Why it was rejected, withdrawn or reversed; null if it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>The officer who gave the first of two approvals; null if there is no such approval.</summary>
    public required UserId? FirstApprovedBy { get; init; }

    /// <summary>How many officers must still verify it: 2, 1, or 0 once it is decided.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The user of the last decision; null while it is pending.</summary>
    public required UserId? DecidedBy { get; init; }

    /// <summary>When the last decision was made; null while it is pending.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>
    /// The loan's outstanding principal right after this repayment; while it does not count, the principal outstanding
    /// now.
    /// </summary>
    public required Money PrincipalBalance { get; init; }

    /// <summary>
    /// The loan's total outstanding right after this repayment; while it does not count, the total outstanding now.
    /// </summary>
    public required Money TotalBalance { get; init; }

    /// <summary>The installments that it settled; empty while it does not count.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }
}

/// <summary>The customer's bank account that a repayment was sent from, according to its report.</summary>
/// <param name="BankAccountId">The bank account's id.</param>
/// <param name="AccountNumber">The account number.</param>
/// <param name="AccountName">The name of the account holder.</param>
/// <param name="BankCode">The bank's code.</param>
/// <param name="BankName">The bank's name.</param>
public sealed record PayersBankAccount(
    BankAccountId BankAccountId,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string BankName
);

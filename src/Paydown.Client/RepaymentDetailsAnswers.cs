using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>All that is known of one repayment.</summary>
public sealed record RepaymentDetails
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

    /// <summary>E-mail address of the customer.</summary>
    public required string Email { get; init; }

    /// <summary>Name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>Name of the product family of the loan account.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>How the loan account stands now.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>Who collects the loan instead of the lender; null: the lender.</summary>
    public required string? Collector { get; init; }

    /// <summary>How it was paid.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>What counts: as reported, or as an officer corrected it.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount as it was recorded at first.</summary>
    public required decimal ReportedAmount { get; init; }

    /// <summary>The day of the payment as it was recorded at first.</summary>
    public required DateOnly ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected amount or date; null: nobody did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The reference written on the transfer or receipt.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>The reference of the loan.</summary>
    public required string LoanReference { get; init; }

    /// <summary>Whether the reference is the one of the loan.</summary>
    public required bool ReferenceMatches { get; init; }

    /// <summary>A note of the person who recorded it.</summary>
    public required string? PaymentNarration { get; init; }

    /// <summary>The customer's account that the payment came from, as it was named; null: none was.</summary>
    public required PayersBankAccount? BankAccount { get; init; }

    /// <summary>Whether it was made to pay off the whole loan.</summary>
    public required bool IsPayoff { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>The customer who reported it, or the officer or API token that recorded it.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>Name of the one who recorded it.</summary>
    public required string? RecordedByName { get; init; }

    /// <summary>What became of it.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>Whether it was taken back after it counted.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>Whether the customer withdrew it.</summary>
    public required bool IsWithdrawn { get; init; }

    /// <summary>Why it was rejected, withdrawn or reversed; null if it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>Who approved it as the first of two; null: nobody, or it is decided.</summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>The reversal that waits for a second officer; null: none does.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>What people decided, earliest first.</summary>
    public required IReadOnlyList<DecisionTaken> Decisions { get; init; }

    /// <summary>Other repayments that may be the same transfer, earliest first.</summary>
    public required IReadOnlyList<PossibleDuplicate> PossibleDuplicates { get; init; }

    /// <summary>Principal that the loan owed right after it; while it does not count, that it owes now.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>All that the loan owed right after it; while it does not count, that it owes now.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>What the customer can still report on the loan now.</summary>
    public required decimal TotalPayable { get; init; }

    /// <summary>Of this repayment: beyond all that was owed; 0 while it does not count.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>What it paid, installment by installment.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }
}

/// <summary>A report that the customer withdrew.</summary>
public sealed record WithdrawnRepayment
{
    /// <summary>Id of the repayment.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>What was reported.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>Rejected: it never counts.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>That the customer withdrew it.</summary>
    public required string RejectionReason { get; init; }

    /// <summary>What can be reported on the loan now.</summary>
    public required decimal TotalPayable { get; init; }
}

/// <summary>What somebody decided on a repayment.</summary>
public sealed record DecisionTaken
{
    /// <summary>What was decided.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>An officer, an API token, or the customer who withdrew it.</summary>
    public required Guid DecidedBy { get; init; }

    /// <summary>Name of the one who decided.</summary>
    public required string? DecidedByName { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Why it was rejected, withdrawn, reversed or corrected.</summary>
    public required string? Reason { get; init; }

    /// <summary>The amount that was approved; null for other decisions.</summary>
    public required decimal? RepaymentAmount { get; init; }

    /// <summary>The day of the payment that was approved; null for other decisions.</summary>
    public required DateOnly? PaymentDate { get; init; }
}

/// <summary>A repayment that may be the same transfer as another one.</summary>
public sealed record PossibleDuplicate
{
    /// <summary>Id of the repayment.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>How much was paid.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The reference written on the transfer or receipt.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>What became of it.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }
}

/// <summary>What can be decided on a repayment.</summary>
[JsonConverter(typeof(WordConverter<DecisionKind>))]
public enum DecisionKind
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The first of two officers approved it.</summary>
    FirstApproval,

    /// <summary>It counts.</summary>
    Verified,

    /// <summary>An officer refused it.</summary>
    Rejected,

    /// <summary>The customer withdrew it.</summary>
    Withdrawn,

    /// <summary>It was taken back after it counted.</summary>
    Reversed,
}

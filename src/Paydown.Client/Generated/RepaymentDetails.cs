namespace Paydown.Client;

/// <summary>Everything known about one repayment, for the officers of its organisation.</summary>
public sealed partial record RepaymentDetails
{
    /// <summary>The repayment's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The name of the loan account's product family.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>The current state of the loan account.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The third party that collects the loan; null if the lender collects it.</summary>
    public required string? Collector { get; init; }

    /// <summary>How it was paid: BANK_TRANSFER, DIRECT_DEBIT, WALLET, CARD or CASH.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day from which it counts: as reported, or as an officer corrected it.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>The amount as first reported or recorded.</summary>
    public required decimal ReportedAmount { get; init; }

    /// <summary>The payment date as first reported or recorded.</summary>
    public required DateOnly ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected the amount or date; null if no officer did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>The reference as reported or recorded.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>The loan's own reference.</summary>
    public required string LoanReference { get; init; }

    /// <summary>False if the reference is not the loan's own, so an officer must match it by hand.</summary>
    public required bool ReferenceMatches { get; init; }

    /// <summary>The note that came with the repayment; null if there was none.</summary>
    public required string? PaymentNarration { get; init; }

    /// <summary>The customer's bank account that the payment came from; null if none was named.</summary>
    public required PayersBankAccount? BankAccount { get; init; }

    /// <summary>True if it was made to pay off the whole loan.</summary>
    public required bool IsPayoff { get; init; }

    /// <summary>When the repayment was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>The customer who reported it, or the officer or API token that recorded it.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>The name of the person in recordedBy; null if it was an API token.</summary>
    public required string? RecordedByName { get; init; }

    /// <summary>PENDING_VERIFICATION, VERIFIED or REJECTED. A reversed repayment is REJECTED.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>True if the repayment counted until it was reversed.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>True if the customer withdrew the report.</summary>
    public required bool IsWithdrawn { get; init; }

    /// <summary>Why it was rejected, withdrawn or reversed; null if it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>
    /// The officer who gave the first of two approvals; null if there is none or the repayment is decided.
    /// </summary>
    public required Guid? FirstApprovedBy { get; init; }

    /// <summary>The reversal that awaits a second officer; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    /// <summary>
    /// What has come of a report that the customer paid by several transfers; null unless some of them are missing.
    /// </summary>
    public required ArrivedParts? PartlyArrived { get; init; }

    /// <summary>The decisions on this repayment, earliest first.</summary>
    public required IReadOnlyList<DecisionTaken> Decisions { get; init; }

    /// <summary>Other repayments that may be the same transfer, earliest first.</summary>
    public required IReadOnlyList<PossibleDuplicate> PossibleDuplicates { get; init; }

    /// <summary>
    /// The loan's outstanding principal right after this repayment; while it does not count, the principal outstanding
    /// now.
    /// </summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>
    /// The loan's total outstanding right after this repayment; while it does not count, the total outstanding now.
    /// </summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The largest repayment that can be reported on this loan now.</summary>
    public required decimal TotalPayable { get; init; }

    /// <summary>The part of this repayment that exceeded everything owed; 0 while it does not count.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>The installments that it settled; empty while it does not count.</summary>
    public required IReadOnlyList<ExplainedLine> Allocation { get; init; }

    /// <summary>What would follow if it were verified now, as reported; null unless it is pending.</summary>
    public required VerificationPreview? Preview { get; init; }
}

namespace Paydown.Client;

/// <summary>A repayment that was reported.</summary>
public sealed record RepaymentRecorded
{
    /// <summary>Id of the repayment.</summary>
    public required Guid Id { get; init; }

    /// <summary>How much was paid.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>Name of the customer.</summary>
    public required string CustomerName { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The reference written on the transfer.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>What became of it.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>What happens next, in words.</summary>
    public required string Message { get; init; }
}

/// <summary>
/// A repayment as its customer sees it, whatever became of it. The balances are those right after it took
/// effect; while it is pending or rejected, those of now.
/// </summary>
public sealed record CustomerRepayment
{
    /// <summary>Id of the repayment.</summary>
    public required Guid Id { get; init; }

    /// <summary>How it was paid.</summary>
    public required RepaymentMethod LoanRepaymentMethodEnum { get; init; }

    /// <summary>Name of the product family of the loan account.</summary>
    public required string AccountProductName { get; init; }

    /// <summary>Name of the customer.</summary>
    public required string CustomerName { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>How much was paid.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>Name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>Principal that is outstanding.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>All that is outstanding.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>Whether the money counts: true once verified.</summary>
    public required bool LoanAmountPaid { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }

    /// <summary>Due date of the earliest installment that it settles or would settle.</summary>
    public required DateOnly? PaymentDueDate { get; init; }

    /// <summary>How many installments the loan has.</summary>
    public required int InstallmentCount { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The most that may be reported for this loan now.</summary>
    public required decimal TotalPayable { get; init; }

    /// <summary>What became of it.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>Why it was rejected or reversed; null where it was not.</summary>
    public required string? RejectionReason { get; init; }

    /// <summary>The reference written on the transfer.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>What was reported, if an officer corrected amount or date; else null.</summary>
    public required decimal? ReportedAmount { get; init; }

    /// <summary>The date that was reported, if an officer corrected amount or date; else null.</summary>
    public required DateOnly? ReportedPaymentDate { get; init; }

    /// <summary>Why an officer corrected amount or date; null: nobody did.</summary>
    public required string? CorrectionReason { get; init; }

    /// <summary>What it paid, installment by installment.</summary>
    public required IReadOnlyList<AllocatedPart> Allocation { get; init; }
}

/// <summary>What a repayment paid of one installment.</summary>
public sealed record AllocatedPart
{
    /// <summary>Number of the installment, from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>Part that pays principal.</summary>
    public required decimal Principal { get; init; }

    /// <summary>Part that pays interest.</summary>
    public required decimal Interest { get; init; }

    /// <summary>Part that pays fees.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Part that pays penalties.</summary>
    public required decimal Penalty { get; init; }
}

/// <summary>How to pay a loan: amount, account and reference.</summary>
public sealed record RepaymentInstructions
{
    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The ways to pay.</summary>
    public required IReadOnlyList<PaymentMethod> PaymentMethods { get; init; }

    /// <summary>The account to pay into.</summary>
    public required BankAccountDetails BankAccountDetails { get; init; }

    /// <summary>The reference to write on the transfer.</summary>
    public required string PaymentReference { get; init; }

    /// <summary>The reference in groups of four, to be read by people.</summary>
    public required string PaymentReferencePrinted { get; init; }

    /// <summary>The steps, in order.</summary>
    public required IReadOnlyList<InstructionStep> Instructions { get; init; }

    /// <summary>Whom to ask.</summary>
    public required ContactInformation ContactInformation { get; init; }

    /// <summary>All that is due by today; if nothing is, the next installment.</summary>
    public required decimal AmountDue { get; init; }

    /// <summary>
    /// The earliest due date of the installments in <see cref="AmountDue"/>, which may have passed; null if nothing is
    /// outstanding.
    /// </summary>
    public required DateOnly? DueDate { get; init; }

    /// <summary>Outstanding on installments whose due date has passed.</summary>
    public required decimal OverdueAmount { get; init; }

    /// <summary>Outstanding on the installment that falls due on <see cref="NextDueDate"/>.</summary>
    public required decimal NextInstallmentAmount { get; init; }

    /// <summary>The earliest due date from today on with something outstanding; null if there is none.</summary>
    public required DateOnly? NextDueDate { get; init; }

    /// <summary>The most that may be reported for this loan now.</summary>
    public required decimal TotalPayable { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }
}

/// <summary>A way to pay.</summary>
public sealed record PaymentMethod
{
    /// <summary>The way to pay.</summary>
    public required RepaymentMethod Method { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>How it works.</summary>
    public required string Description { get; init; }
}

/// <summary>The bank account to pay into.</summary>
public sealed record BankAccountDetails
{
    /// <summary>Number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>Name of the holder.</summary>
    public required string AccountName { get; init; }

    /// <summary>Code of the bank.</summary>
    public required string BankCode { get; init; }

    /// <summary>Name of the bank.</summary>
    public required string BankName { get; init; }
}

/// <summary>One step of the instructions.</summary>
public sealed record InstructionStep
{
    /// <summary>Number of the step, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>What to do.</summary>
    public required string Text { get; init; }
}

/// <summary>Whom a customer asks.</summary>
public sealed record ContactInformation
{
    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Telephone number.</summary>
    public required string Phone { get; init; }

    /// <summary>When somebody answers.</summary>
    public required string Hours { get; init; }
}

/// <summary>An installment still to be paid.</summary>
public sealed record PendingInstallment
{
    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>Number of the installment, from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>What is due.</summary>
    public required decimal AmountDue { get; init; }

    /// <summary>Its principal.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>Its interest.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>How it stands.</summary>
    public required InstallmentStatus Status { get; init; }

    /// <summary>Days since it fell due; 0 where it is not overdue.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>Its fees.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>Its penalties.</summary>
    public required decimal PenaltyAmount { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }
}

/// <summary>A repayment that counts.</summary>
public sealed record RepaidTransaction
{
    /// <summary>Id of the repayment.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>How much was paid.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>How it was paid.</summary>
    public required RepaymentMethod PaymentMethod { get; init; }

    /// <summary>How it stands.</summary>
    public required RepaidStatus Status { get; init; }
}

/// <summary>A payoff that was recorded.</summary>
public sealed record PayoffAnswer
{
    /// <summary>Id of the repayment.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>What closes the loan.</summary>
    public required decimal PayoffAmount { get; init; }

    /// <summary>What is outstanding after it.</summary>
    public required decimal RemainingBalance { get; init; }

    /// <summary>How the loan stands.</summary>
    public required ApplicationStatus LoanStatus { get; init; }

    /// <summary>Reference of the payment.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly PayoffDate { get; init; }

    /// <summary>What became of it.</summary>
    public required VerificationStatus VerificationStatus { get; init; }
}

/// <summary>What closes a loan on a day.</summary>
public sealed record PayoffQuote
{
    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly PayoffDate { get; init; }

    /// <summary>What closes the loan.</summary>
    public required decimal PayoffAmount { get; init; }

    /// <summary>Its principal.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>Its interest.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>Its fees.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>Its penalties.</summary>
    public required decimal PenaltyAmount { get; init; }

    /// <summary>All that is owed on that day.</summary>
    public required decimal TotalOwed { get; init; }

    /// <summary>Reported repayments that still wait for verification.</summary>
    public required decimal PendingRepayments { get; init; }

    /// <summary>The last day on which it holds.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }
}

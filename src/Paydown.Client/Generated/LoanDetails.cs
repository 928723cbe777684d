namespace Paydown.Client;

/// <summary>
/// A loan with the fields of the contract, in their order. Every figure comes from the fold. Dates are in the
/// organisation's time zone.
/// </summary>
public sealed partial record LoanDetails
{
    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string CustomerEmail { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The application's status; null for a loan without an application.</summary>
    public required ApplicationStatus? LoanApplicationStatus { get; init; }

    /// <summary>The loan account's state; null for an application without a loan.</summary>
    public required AccountState? AccountState { get; init; }

    /// <summary>The agreed principal. For an application without an offer, the amount that was requested.</summary>
    public required decimal LoanAmount { get; init; }

    /// <summary>The interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The total of the schedule: paid and outstanding amounts together.</summary>
    public required decimal TotalRepaymentAmount { get; init; }

    /// <summary>Everything outstanding: principal, interest, fees and penalties.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The outstanding principal.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>The outstanding interest.</summary>
    public required decimal InterestBalance { get; init; }

    /// <summary>The outstanding fees.</summary>
    public required decimal FeesBalance { get; init; }

    /// <summary>The outstanding penalties.</summary>
    public required decimal PenaltyBalance { get; init; }

    /// <summary>Everything paid: principal, interest, fees and penalties.</summary>
    public required decimal TotalAmountPaid { get; init; }

    /// <summary>The principal that was paid.</summary>
    public required decimal PrincipalPaid { get; init; }

    /// <summary>The interest that was paid.</summary>
    public required decimal InterestPaid { get; init; }

    /// <summary>The fees that were paid.</summary>
    public required decimal FeesPaid { get; init; }

    /// <summary>The penalties that were paid.</summary>
    public required decimal PenaltyPaid { get; init; }

    /// <summary>The day of the application; null if there was none.</summary>
    public required DateOnly? ApplicationDate { get; init; }

    /// <summary>The day of the first disbursement; null if there was none yet.</summary>
    public required DateOnly? DisbursementDate { get; init; }

    /// <summary>The due date of the first installment; null without a schedule.</summary>
    public required DateOnly? FirstInstallmentDate { get; init; }

    /// <summary>The due date of the last installment; null without a schedule.</summary>
    public required DateOnly? MaturityDate { get; init; }

    /// <summary>
    /// The due date of the earliest installment with something outstanding. It may have passed; null if nothing is
    /// outstanding.
    /// </summary>
    public required DateOnly? NextPaymentDueDate { get; init; }

    /// <summary>The number of installments.</summary>
    public required int TotalInstallments { get; init; }

    /// <summary>The number of installments that are fully paid.</summary>
    public required int InstallmentsPaid { get; init; }

    /// <summary>The number of installments that are not fully paid.</summary>
    public required int InstallmentsRemaining { get; init; }

    /// <summary>The loan's duration, in units of durationCounter.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required DurationUnit DurationCounter { get; init; }

    /// <summary>How the loan is repaid: BANK_TRANSFER, DIRECT_DEBIT, WALLET, CARD or CASH.</summary>
    public required RepaymentMethod LoanRepaymentMethod { get; init; }

    /// <summary>True while a third party collects the loan.</summary>
    public required bool IsThirdPartyPayment { get; init; }

    /// <summary>The bank of the account that receives repayments; null while a third party collects.</summary>
    public required string? RepaymentBankName { get; init; }

    /// <summary>The number of the account that receives repayments; null while a third party collects.</summary>
    public required string? RepaymentAccountNumber { get; init; }

    /// <summary>The holder of the account that receives repayments; null while a third party collects.</summary>
    public required string? RepaymentAccountName { get; init; }

    /// <summary>True if the account is CLOSED or OVERPAID.</summary>
    public required bool LoanFullyRepaid { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>One row per installment; null in lists.</summary>
    public IReadOnlyList<PaymentHistoryRow>? PaymentHistory { get; init; }

    /// <summary>The loan account, which reports of repayments name; null for an application without a loan.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>The amount paid beyond everything owed. It belongs to the customer.</summary>
    public required decimal OverpaidAmount { get; init; }

    /// <summary>
    /// What may still be paid on a written-off loan: the loss less what was recovered since. It is not part of the
    /// balances; 0 for every other loan.
    /// </summary>
    public required decimal RecoverableAmount { get; init; }

    /// <summary>The day on which the lender counted the loan as lost, though it is owed; null if it did not.</summary>
    public required DateOnly? ChargedOffOn { get; init; }
}

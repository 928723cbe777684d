namespace Paydown.Client;

/// <summary>A loan: its terms, its balances and, where it is asked for alone, its installments.</summary>
public sealed record LoanDetails
{
    /// <summary>Id of the application of the loan; null for a loan taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>Id of the customer, who is the user.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Name of the customer.</summary>
    public required string CustomerName { get; init; }

    /// <summary>E-mail address of the customer.</summary>
    public required string CustomerEmail { get; init; }

    /// <summary>Name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>How the application stands; null where there is none.</summary>
    public required ApplicationStatus? LoanApplicationStatus { get; init; }

    /// <summary>How the loan account stands; null for an application without a loan.</summary>
    public required AccountState? AccountState { get; init; }

    /// <summary>What was lent.</summary>
    public required decimal LoanAmount { get; init; }

    /// <summary>Annual rate in percent.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>All installments together.</summary>
    public required decimal TotalRepaymentAmount { get; init; }

    /// <summary>All that is outstanding.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>Principal that is outstanding.</summary>
    public required decimal PrincipalBalance { get; init; }

    /// <summary>Interest that is outstanding.</summary>
    public required decimal InterestBalance { get; init; }

    /// <summary>Fees that are outstanding.</summary>
    public required decimal FeesBalance { get; init; }

    /// <summary>Penalties that are outstanding.</summary>
    public required decimal PenaltyBalance { get; init; }

    /// <summary>All that was paid.</summary>
    public required decimal TotalAmountPaid { get; init; }

    /// <summary>Money beyond all that is owed; it is the customer's.</summary>
    public required decimal OverpaidAmount { get; init; }

    /// <summary>What may still be paid on a loan that was written off; 0 for every other loan.</summary>
    public required decimal RecoverableAmount { get; init; }

    /// <summary>Principal that was paid.</summary>
    public required decimal PrincipalPaid { get; init; }

    /// <summary>Interest that was paid.</summary>
    public required decimal InterestPaid { get; init; }

    /// <summary>Fees that were paid.</summary>
    public required decimal FeesPaid { get; init; }

    /// <summary>Penalties that were paid.</summary>
    public required decimal PenaltyPaid { get; init; }

    /// <summary>When it was applied for.</summary>
    public required DateOnly? ApplicationDate { get; init; }

    /// <summary>When it was paid out.</summary>
    public required DateOnly? DisbursementDate { get; init; }

    /// <summary>When the first installment falls due.</summary>
    public required DateOnly? FirstInstallmentDate { get; init; }

    /// <summary>When the last installment falls due.</summary>
    public required DateOnly? MaturityDate { get; init; }

    /// <summary>When the next unpaid installment falls due.</summary>
    public required DateOnly? NextPaymentDueDate { get; init; }

    /// <summary>How many installments there are.</summary>
    public required int TotalInstallments { get; init; }

    /// <summary>How many of them are paid.</summary>
    public required int InstallmentsPaid { get; init; }

    /// <summary>How many of them are not.</summary>
    public required int InstallmentsRemaining { get; init; }

    /// <summary>How long it runs, in units of DurationCounter.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>Unit of the duration.</summary>
    public required DurationUnit DurationCounter { get; init; }

    /// <summary>How it is paid back.</summary>
    public required RepaymentMethod LoanRepaymentMethod { get; init; }

    /// <summary>Whether a third party collects.</summary>
    public required bool IsThirdPartyPayment { get; init; }

    /// <summary>Bank of the account to pay into.</summary>
    public required string? RepaymentBankName { get; init; }

    /// <summary>Number of the account to pay into.</summary>
    public required string? RepaymentAccountNumber { get; init; }

    /// <summary>Holder of the account to pay into.</summary>
    public required string? RepaymentAccountName { get; init; }

    /// <summary>Whether nothing is owed any more.</summary>
    public required bool LoanFullyRepaid { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The installments; null in lists, which leave them out.</summary>
    public IReadOnlyList<PaymentHistoryRow>? PaymentHistory { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid? AccountId { get; init; }
}

/// <summary>An installment and what was paid of it.</summary>
public sealed record PaymentHistoryRow
{
    /// <summary>Number of the installment, from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The whole installment.</summary>
    public required decimal InstallmentAmount { get; init; }

    /// <summary>Its principal.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>Its interest.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>Its fees.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>Its penalties.</summary>
    public required decimal PenaltyAmount { get; init; }

    /// <summary>What of it is paid.</summary>
    public required decimal AmountPaid { get; init; }

    /// <summary>What of it is outstanding.</summary>
    public required decimal OutstandingAmount { get; init; }

    /// <summary>What a write-off took off it.</summary>
    public required decimal WrittenOffAmount { get; init; }

    /// <summary>How it stands.</summary>
    public required InstallmentStatus PaymentStatus { get; init; }

    /// <summary>The day of the payment.</summary>
    public required DateOnly? PaymentDate { get; init; }

    /// <summary>Days since it fell due; 0 where it is not overdue.</summary>
    public required int DaysOverdue { get; init; }
}

/// <summary>What a customer borrowed, paid and owes over all loans.</summary>
public sealed record LoanTotals
{
    /// <summary>All that was borrowed.</summary>
    public required decimal TotalBorrowed { get; init; }

    /// <summary>All that was paid out.</summary>
    public required decimal TotalDisbursed { get; init; }

    /// <summary>All that is outstanding.</summary>
    public required decimal TotalOutstanding { get; init; }

    /// <summary>All that was paid back.</summary>
    public required decimal TotalRepaid { get; init; }

    /// <summary>How many loans run.</summary>
    public required int ActiveLoans { get; init; }

    /// <summary>When the next installment falls due; null where none does.</summary>
    public required DateOnly? NextDueDate { get; init; }

    /// <summary>How much falls due then.</summary>
    public required decimal NextDueAmount { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }
}

namespace Paydown.Client;

/// <summary>Repayment instructions, in the field order of the contract.</summary>
public sealed partial record RepaymentInstructions
{
    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The ways to pay.</summary>
    public required IReadOnlyList<OfferedPaymentMethod> PaymentMethods { get; init; }

    /// <summary>The lender's account that receives repayments.</summary>
    public required BankAccountDetails BankAccountDetails { get; init; }

    /// <summary>
    /// The reference to write on the transfer: an ISO 11649 creditor reference in its electronic form.
    /// </summary>
    public required string PaymentReference { get; init; }

    /// <summary>The same reference in groups of four characters, for people to read.</summary>
    public required string PaymentReferencePrinted { get; init; }

    /// <summary>The steps to take, in order.</summary>
    public required IReadOnlyList<InstructionStep> Instructions { get; init; }

    /// <summary>How to reach the lender with questions.</summary>
    public required ContactInformation ContactInformation { get; init; }

    /// <summary>Everything that is due by today; if nothing is, the next installment.</summary>
    public required decimal AmountDue { get; init; }

    /// <summary>
    /// The earliest due date of the installments in amountDue. It may have passed; null if nothing is outstanding.
    /// </summary>
    public required DateOnly? DueDate { get; init; }

    /// <summary>The amount outstanding on installments whose due date has passed; 0 if there are none.</summary>
    public required decimal OverdueAmount { get; init; }

    /// <summary>The earliest due date of the installments in overdueAmount; null if there are none.</summary>
    public required DateOnly? OverdueSince { get; init; }

    /// <summary>The amount outstanding on the installment of nextDueDate; 0 if there is none.</summary>
    public required decimal NextInstallmentAmount { get; init; }

    /// <summary>The earliest due date, today or later, with something outstanding; null if there is none.</summary>
    public required DateOnly? NextDueDate { get; init; }

    /// <summary>
    /// The sum of the repayments that the customer has reported and that await verification. The other amounts still
    /// contain it, except totalPayable.
    /// </summary>
    public required decimal AmountReported { get; init; }

    /// <summary>The largest repayment that can be reported on this loan now.</summary>
    public required decimal TotalPayable { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }
}

namespace Paydown.Client;

/// <summary>A loan in the officers' list.</summary>
public sealed partial record ListedLoan
{
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

    /// <summary>The customer's phone number with the dialing code; null if unknown.</summary>
    public required string? Phone { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The reference that transfers for this loan carry.</summary>
    public required string PaymentReference { get; init; }

    /// <summary>The loan account's state today.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The agreed principal.</summary>
    public required decimal LoanAmount { get; init; }

    /// <summary>Everything outstanding today: principal, interest, fees and penalties.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>The amount outstanding on installments whose due date has passed; 0 if there are none.</summary>
    public required decimal OverdueAmount { get; init; }

    /// <summary>Days since the due date of the earliest unpaid installment; 0 if it has not passed.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>
    /// The due date of the earliest installment with something outstanding. It may have passed; null if nothing is
    /// outstanding.
    /// </summary>
    public required DateOnly? NextPaymentDueDate { get; init; }

    /// <summary>The sum of the loan's repayments that await verification.</summary>
    public required decimal AmountReported { get; init; }

    /// <summary>The day of the first disbursement; null if there was none yet.</summary>
    public required DateOnly? DisbursementDate { get; init; }

    /// <summary>True while a third party collects the loan.</summary>
    public required bool IsThirdPartyPayment { get; init; }
}

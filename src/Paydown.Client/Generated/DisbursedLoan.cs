namespace Paydown.Client;

/// <summary>The response to a disbursement.</summary>
public sealed partial record DisbursedLoan
{
    /// <summary>The application's id.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The loan account; null while the first disbursement awaits a second manager.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>The customer's id.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The amount of this disbursement; 0 while a second manager is awaited.</summary>
    public required decimal DisbursedAmount { get; init; }

    /// <summary>The fees deducted from this disbursement.</summary>
    public required decimal DeductedFees { get; init; }

    /// <summary>The down payment collected from this disbursement.</summary>
    public required decimal DownPayment { get; init; }

    /// <summary>The amount credited to the customer's wallet.</summary>
    public required decimal WalletCredit { get; init; }

    /// <summary>The total of all disbursements of the loan.</summary>
    public required decimal TotalDisbursed { get; init; }

    /// <summary>The day of this disbursement.</summary>
    public required DateOnly DisbursementDate { get; init; }

    /// <summary>The creditor reference for repayments; null before there is an account.</summary>
    public required string? RepaymentReference { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The disbursement that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}

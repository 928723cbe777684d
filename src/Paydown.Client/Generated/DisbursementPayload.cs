namespace Paydown.Client;

/// <summary>The payload of the events loan.disbursed and loan.disbursement_undone.</summary>
public sealed partial record DisbursementPayload
{
    /// <summary>The application's id.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer's id.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The amount of this disbursement.</summary>
    public required decimal DisbursedAmount { get; init; }

    /// <summary>The amount credited to the customer's wallet.</summary>
    public required decimal WalletCredit { get; init; }

    /// <summary>The day of this disbursement.</summary>
    public required DateOnly DisbursementDate { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>When the disbursement, or its undoing, was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

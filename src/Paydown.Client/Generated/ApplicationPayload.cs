namespace Paydown.Client;

/// <summary>The payload of the event loan.approved.</summary>
public sealed partial record ApplicationPayload
{
    /// <summary>The application's id.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The customer's id.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The product's id.</summary>
    public required Guid LoanProductId { get; init; }

    /// <summary>The approved amount.</summary>
    public required decimal ApprovedAmount { get; init; }

    /// <summary>The approved interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The approved number of installments.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>When the approval was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

namespace Paydown.Client;

/// <summary>
/// The payload of the events application.requested, application.rejected, application.cancelled, offer.sent,
/// offer.accepted, offer.rejected and offer.expired.
/// </summary>
public sealed partial record StatusPayload
{
    /// <summary>The application's id.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>The customer's id.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The product's id.</summary>
    public required Guid LoanProductId { get; init; }

    /// <summary>The application's status after the change.</summary>
    public required ApplicationStatus LoanApplicationStatus { get; init; }

    /// <summary>The amount that the customer asked for.</summary>
    public required decimal RequestedAmount { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Why the application was rejected or cancelled; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

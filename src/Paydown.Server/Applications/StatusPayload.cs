using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Applications;

/// <summary>
/// The payload of the events <c>application.requested</c>, <c>application.rejected</c>, <c>application.cancelled</c>,
/// <c>offer.sent</c>, <c>offer.accepted</c>, <c>offer.rejected</c> and <c>offer.expired</c>.
/// </summary>
public sealed record StatusPayload
{
    /// <summary>The application's id.</summary>
    public required LoanApplicationId LoanApplicationId { get; init; }

    /// <summary>The customer's id.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The product's id.</summary>
    public required ProductId LoanProductId { get; init; }

    /// <summary>The application's status after the change.</summary>
    public required string LoanApplicationStatus { get; init; }

    /// <summary>The amount that the customer asked for.</summary>
    public required Money RequestedAmount { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>Why the application was rejected or cancelled; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Reason { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The payload of the change that led to the application's present state.</summary>
    public static StatusPayload Of(ApplicationChange change, string note)
    {
        var stored = change.After;
        return new StatusPayload
        {
            LoanApplicationId = stored.Id,
            CustomerId = stored.CustomerId,
            LoanProductId = stored.Product.Id,
            LoanApplicationStatus = ApplicationStates.Word(stored.Status),
            RequestedAmount = stored.Requested,
            CurrencyCode = stored.Currency.Code,
            Reason = stored.Status is ApplicationStatus.Rejected or ApplicationStatus.Cancelled ? note : null,
            RecordedAt = change.ActionContext.At,
        };
    }
}

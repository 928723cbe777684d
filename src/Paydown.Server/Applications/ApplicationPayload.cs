using Paydown.Lending.Amounts;

namespace Paydown.Server.Applications;

/// <summary>The payload of the event <c>loan.approved</c>.</summary>
public sealed record ApplicationPayload(
    Guid LoanApplicationId,
    Guid CustomerId,
    Guid LoanProductId,
    Money ApprovedAmount,
    decimal InterestRate,
    int LoanDuration,
    string CurrencyCode,
    DateTimeOffset RecordedAt
)
{
    public static ApplicationPayload Of(ApplicationChange change)
    {
        var (stored, terms) = (change.After, change.After.Approved!);
        return new ApplicationPayload(
            stored.Id,
            stored.CustomerId,
            stored.Product.Id,
            stored.Money(terms.AmountMinor),
            terms.AnnualRatePercent,
            terms.Duration,
            stored.Currency.Code,
            change.ActionContext.At
        );
    }
}

/// <summary>The payload of the event <c>loan.disbursed</c>.</summary>
public sealed record DisbursementPayload(
    Guid LoanApplicationId,
    Guid AccountId,
    Guid CustomerId,
    Money DisbursedAmount,
    Money WalletCredit,
    DateOnly DisbursementDate,
    string CurrencyCode,
    DateTimeOffset RecordedAt
);

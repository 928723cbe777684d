using Paydown.Lending;

namespace Paydown.Server.Applications;

/// <summary>What the outside is told of an approved application: the payload of <c>loan.approved</c>.</summary>
public sealed record ApplicationTold(
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
    public static ApplicationTold Of(ApplicationChange change)
    {
        var (file, terms) = (change.After, change.After.Approved!);
        return new ApplicationTold(
            file.Id,
            file.CustomerId,
            file.Product.Id,
            file.Money(terms.AmountMinor),
            terms.AnnualRatePercent,
            terms.Duration,
            file.Currency.Code,
            change.Occasion.At
        );
    }
}

/// <summary>What the outside is told of money that is paid out: the payload of <c>loan.disbursed</c>.</summary>
public sealed record DisbursementTold(
    Guid LoanApplicationId,
    Guid AccountId,
    Guid CustomerId,
    Money DisbursedAmount,
    Money WalletCredit,
    DateOnly DisbursementDate,
    string CurrencyCode,
    DateTimeOffset RecordedAt
);

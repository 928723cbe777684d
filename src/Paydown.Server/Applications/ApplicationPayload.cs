using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Applications;

/// <summary>The payload of the event <c>loan.approved</c>.</summary>
/// <param name="LoanApplicationId">The application's id.</param>
/// <param name="CustomerId">The customer's id.</param>
/// <param name="LoanProductId">The product's id.</param>
/// <param name="ApprovedAmount">The approved amount.</param>
/// <param name="InterestRate">The approved interest rate in percent per year.</param>
/// <param name="LoanDuration">The approved number of installments.</param>
/// <param name="CurrencyCode">The loan's currency, ISO 4217.</param>
/// <param name="RecordedAt">When the approval was recorded.</param>
public sealed record ApplicationPayload(
    LoanApplicationId LoanApplicationId,
    CustomerId CustomerId,
    ProductId LoanProductId,
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
            terms.Amount,
            terms.AnnualRatePercent,
            terms.Duration,
            stored.Currency.Code,
            change.ActionContext.At
        );
    }
}

/// <summary>The payload of the events <c>loan.disbursed</c> and <c>loan.disbursement_undone</c>.</summary>
/// <param name="LoanApplicationId">The application's id.</param>
/// <param name="AccountId">The loan account.</param>
/// <param name="CustomerId">The customer's id.</param>
/// <param name="DisbursedAmount">The amount of this disbursement.</param>
/// <param name="WalletCredit">The amount credited to the customer's wallet.</param>
/// <param name="DisbursementDate">The day of this disbursement.</param>
/// <param name="CurrencyCode">The loan's currency, ISO 4217.</param>
/// <param name="RecordedAt">When the disbursement, or its undoing, was recorded.</param>
public sealed record DisbursementPayload(
    LoanApplicationId LoanApplicationId,
    LoanId AccountId,
    CustomerId CustomerId,
    Money DisbursedAmount,
    Money WalletCredit,
    DateOnly DisbursementDate,
    string CurrencyCode,
    DateTimeOffset RecordedAt
);

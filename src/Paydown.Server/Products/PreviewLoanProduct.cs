using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>
/// Shows a manager the schedule and the cost of one loan of a product, before the product is created or changed.
/// Nothing is stored.
/// </summary>
public sealed class PreviewLoanProduct(OrganisationDirectory organisations, Ids ids) : IUseCase
{
    private static readonly DateOnly PayoutMin = new(2000, 1, 1);
    private static readonly DateOnly PayoutMax = new(2100, 12, 31);

    private static readonly Field<decimal> Amount = Field
        .Amount("amount", "The principal, within the limits of the product.")
        .WithExample(100_000);
    private static readonly Field<int> Duration = Field
        .Integer("duration", "The number of installments.", 1, ProductRules.DurationMax)
        .WithExample(12);
    private static readonly Field<decimal?> InterestRate = Field
        .Rate("interestRate", "Another rate within interestRateRange.", 0, ProductRules.RatePercentMax)
        .Optional()
        .NotInExamples();
    private static readonly Field<DateOnly?> PayoutDate = Field
        .Date("payoutDate", "The day of payout. Absent: today.")
        .Optional();
    private static readonly Field<DateOnly?> FirstDueDate = Field
        .Date(FirstDueRules.Field, "The first due date, if the product lets one be agreed.")
        .Optional()
        .NotInExamples();
    private static readonly Field<FieldValues> Loan = Field.Object(
        "loan",
        "The loan to show.",
        Amount,
        Duration,
        InterestRate,
        PayoutDate,
        FirstDueDate
    );

    public static Contract Contract { get; } =
        new Contract("Show the schedule of a loan of a product that is being written, without storing anything")
            .Reads([.. ProductBody.Definition, Loan])
            .Returns<PreviewedLoan>()
            .Refuses(Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var context = await organisations.ContextAsync(call);
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var read = ProductBody.Read(call.Body, ids.Next<ProductId>(), 1, organisation.Currency);
        if (read.IsRefused)
            return Answer.Refused(read.Refusal);
        var offer = OfferOf(read.Value, call.Body.Get(Loan), context.Today);
        return offer.IsRefused ? Answer.Refused(InLoan(offer.Refusal)) : Answer.Success(PreviewedLoan.Of(offer.Value));
    }

    private static Result<LoanOffer> OfferOf(LoanProduct product, FieldValues loan, DateOnly today)
    {
        var amounts = new AmountReader(product.Currency);
        var wanted = new ApprovedTerms(
            amounts.Read(loan, Amount, otherwise: amounts.Least),
            loan.Get(InterestRate) ?? product.AnnualRatePercent,
            loan.Get(Duration),
            loan.Get(FirstDueDate)
        );
        if (amounts.Errors.Count > 0)
            return Refusals.ValidationFailed(amounts.Errors);
        var on = loan.Get(PayoutDate) ?? today;
        if (on >= PayoutMin && on <= PayoutMax)
            return ProductPreview.Of(product, wanted, on);
        return Refusals.ValidationFailed(
            new FieldError(
                PayoutDate.Name,
                FormattableString.Invariant($"must be from {PayoutMin:yyyy-MM-dd} to {PayoutMax:yyyy-MM-dd}.")
            )
        );
    }

    private static Refusal InLoan(Refusal refusal) =>
        Refusals.ValidationFailed([
            .. refusal.Errors.Select(error => error with { Field = $"{Loan.Name}.{error.Field}" }),
        ]);
}

/// <summary>A loan that a product would give, if all of it is paid out on a day.</summary>
public sealed record PreviewedLoan
{
    /// <summary>The principal.</summary>
    public required Money Principal { get; init; }

    /// <summary>The currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The nominal interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The day of payout that the schedule assumes.</summary>
    public required DateOnly PayoutDate { get; init; }

    /// <summary>The regular installment without fees and down payment; the last one may differ.</summary>
    public required Money InstallmentAmount { get; init; }

    /// <summary>The interest of all installments.</summary>
    public required Money TotalInterest { get; init; }

    /// <summary>The total to repay: the sum of the schedule.</summary>
    public required Money TotalRepaymentAmount { get; init; }

    /// <summary>What the customer receives: the principal less deducted fees.</summary>
    public required Money AdvancedAmount { get; init; }

    /// <summary>What the customer repays beyond what they receive.</summary>
    public required Money TotalCost { get; init; }

    /// <summary>The total cost in percent per year: actuarial method, Regulation Z, appendix J.</summary>
    public required decimal AnnualPercentageRate { get; init; }

    /// <summary>The fees.</summary>
    public required IReadOnlyList<OpenOfferFee> Fees { get; init; }

    /// <summary>The installments.</summary>
    public required IReadOnlyList<OpenOfferRow> Schedule { get; init; }

    internal static PreviewedLoan Of(LoanOffer offer)
    {
        var currency = offer.Terms.Currency;
        return new()
        {
            Principal = offer.Terms.Principal,
            CurrencyCode = currency.Code,
            InterestRate = offer.Terms.AnnualRatePercent,
            PayoutDate = offer.IfPaidOutOn,
            InstallmentAmount = offer.Installment,
            TotalInterest = new Money(offer.Schedule.Sum(row => row.Due.Interest), currency),
            TotalRepaymentAmount = offer.TotalRepayment,
            AdvancedAmount = offer.Advanced,
            TotalCost = offer.TotalCost,
            AnnualPercentageRate = offer.AnnualPercentageRate,
            Fees = [.. offer.Fees.Select(fee => new OpenOfferFee(fee.Name, fee.Amount, fee.Charged))],
            Schedule = [.. offer.Schedule.Select(row => OpenOfferRow.Of(row, currency))],
        };
    }
}

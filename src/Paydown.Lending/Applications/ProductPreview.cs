using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;

namespace Paydown.Lending.Applications;

/// <summary>What a loan of a product would be, before anybody asks for it.</summary>
public static class ProductPreview
{
    /// <summary>The offer of a loan, or everything that is wrong with it.</summary>
    /// <param name="product">As it is, or as it would be.</param>
    /// <param name="wanted">The loan.</param>
    /// <param name="on">The day on which it would be paid out.</param>
    public static Result<LoanOffer> Of(LoanProduct product, ApprovedTerms wanted, DateOnly on)
    {
        var errors = ErrorsOf(product, wanted, on).ToList();
        if (errors.Count == 0 && !Disbursement.LeavesSomething(product, wanted.Amount))
            errors.Add(new("amount", "must be more than the fees that are kept back and the down payment."));
        if (errors.Count == 0 && ProductFit.FindMisfit(product, wanted, on) is { } misfit)
            errors.Add(misfit);
        return errors.Count > 0 ? Refusals.ValidationFailed(errors) : LoanOffer.Of(product, wanted, on);
    }

    private static IEnumerable<FieldError> ErrorsOf(LoanProduct product, ApprovedTerms wanted, DateOnly on)
    {
        if (wanted.Amount < product.AmountMin || wanted.Amount > product.AmountMax)
            yield return new("amount", $"must be from {product.AmountMin} to {product.AmountMax}.");
        if (wanted.Duration < product.DurationMin || wanted.Duration > product.DurationMax)
        {
            yield return new("duration", $"must be from {product.DurationMin} to {product.DurationMax} installments.");
        }

        var (least, most) = (product.AnnualRatePercentMin, product.AnnualRatePercentMax);
        if (wanted.AnnualRatePercent < least || wanted.AnnualRatePercent > most)
            yield return new("interestRate", $"must be from {least} to {most} percent.");
        if (FirstDueRules.Check(product, wanted.FirstDueOn, on) is { } wrong)
            yield return wrong;
    }
}

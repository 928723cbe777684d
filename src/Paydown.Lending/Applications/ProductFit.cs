using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;

namespace Paydown.Lending.Applications;

/// <summary>Whether a loan can be made of terms that are each within the product's limits.</summary>
internal static class ProductFit
{
    /// <summary>
    /// The field to blame if no loan can be made of these terms, though each is within the product's limits; null if
    /// one can.
    /// </summary>
    /// <param name="product">The version that was applied for.</param>
    /// <param name="terms">What would be approved.</param>
    /// <param name="on">The day of the offer.</param>
    public static FieldError? FindMisfit(LoanProduct product, ApprovedTerms terms, DateOnly on)
    {
        if (ProblemOf(terms.Duration) is not { } problem)
            return null;
        for (var fewer = terms.Duration - 1; fewer >= product.DurationMin; fewer--)
        {
            if (ProblemOf(fewer) is null)
                return new FieldError(
                    "duration",
                    $"is too long for this amount and rate: {problem}. At most {fewer} installments fit."
                );
        }

        return new FieldError("amount", $"does not fit the product at this rate: {problem}.");

        string? ProblemOf(int duration) =>
            ProductTrial.FindProblem(product, terms.Amount, duration, terms.AnnualRatePercent, on, terms.FirstDueOn);
    }
}

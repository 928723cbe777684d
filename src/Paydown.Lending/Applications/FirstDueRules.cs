using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;

namespace Paydown.Lending.Applications;

/// <summary>
/// Decides whether a first due date can be agreed. It may make the first period shorter or longer than the others,
/// within the days that the product allows; the level installment is then solved for that period.
/// </summary>
public static class FirstDueRules
{
    /// <summary>The field of a request that names it.</summary>
    public const string Field = "firstDueDate";

    /// <summary>What is wrong with a first due date; null if nothing is.</summary>
    /// <param name="product">The version that is applied for.</param>
    /// <param name="firstDueOn">The date; null: one period after payout, which is always right.</param>
    /// <param name="paidOutOn">The day of payout that is assumed.</param>
    public static FieldError? Check(LoanProduct product, DateOnly? firstDueOn, DateOnly paidOutOn)
    {
        if (firstDueOn is not { } date)
            return null;
        if (product.FirstDue is not { } range)
        {
            return new FieldError(
                Field,
                "cannot be agreed for this product: the first installment is due one period after payout."
            );
        }

        var (from, to) = range.Of(paidOutOn);
        return date >= from && date <= to
            ? null
            : new FieldError(
                Field,
                FormattableString.Invariant(
                    $"must be from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}: {range.DaysMin} to {range.DaysMax} days "
                ) + FormattableString.Invariant($"after a payout on {paidOutOn:yyyy-MM-dd}.")
            );
    }
}

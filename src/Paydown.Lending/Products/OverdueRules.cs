using Paydown.Lending.Terms;

namespace Paydown.Lending.Products;

/// <summary>What a product may say about installments that stay unpaid.</summary>
internal static class OverdueRules
{
    private const int DaysMax = 365;

    public static void Check(LoanProduct product, ProductErrors errors)
    {
        CheckPenalty(product, errors);
        CheckTolerance(product, errors);
    }

    private static void CheckPenalty(LoanProduct product, ProductErrors errors)
    {
        if (product.OverduePenalty is not { } penalty)
            return;
        errors.CheckRange(penalty.GraceDays, 0, DaysMax, "overduePenalty.graceDays");
        if (penalty.EveryDays is { } every)
            errors.CheckRange(every, 1, DaysMax, "overduePenalty.everyDays");
        if (penalty.CapPercent is { } cap)
            errors.CheckShare(cap, "overduePenalty.capPercent");
        if (penalty.Amount is not { } amount)
        {
            errors.CheckShare(penalty.Percent, "overduePenalty.percent");
            return;
        }

        errors.Unless(penalty.Percent == 0, "overduePenalty.percent", "must be 0 or absent if there is an amount.");
        if (ProductRules.IsWithinBounds(product.AmountMin))
            errors.Unless(
                amount.IsPositive && amount < product.AmountMin,
                "overduePenalty.amount",
                "must be more than 0 and less than minimumAmount."
            );
    }

    // A tolerance of whole installments would hide every arrear.
    private static void CheckTolerance(LoanProduct product, ProductErrors errors)
    {
        if (product.ArrearsTolerance is not { } tolerance)
            return;
        errors.CheckPercent(tolerance.Percent, 0, ProductRules.TolerancePercentMax, "arrearsTolerance.percent");
        if (ProductRules.IsWithinBounds(product.AmountMin) && ProductRules.IsWithinBounds(tolerance.Amount))
            errors.Unless(
                tolerance.Amount < product.AmountMin,
                "arrearsTolerance.amount",
                "must be less than minimumAmount."
            );
    }
}

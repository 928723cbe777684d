using Paydown.Lending.Terms;

namespace Paydown.Lending.Products;

/// <summary>What a product may say about installments that stay unpaid.</summary>
internal static class OverdueRules
{
    public static void Check(LoanProduct product, ProductErrors errors)
    {
        CheckPenalty(product.OverduePenalty, errors);
        CheckTolerance(product, errors);
    }

    private static void CheckPenalty(OverduePenalty? penalty, ProductErrors errors)
    {
        if (penalty is null)
            return;
        errors.CheckShare(penalty.Percent, "overduePenalty.percent");
        errors.CheckRange(penalty.GraceDays, 0, 365, "overduePenalty.graceDays");
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

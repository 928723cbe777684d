using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Products;

/// <summary>Each strategy needs its own orders, complete and without repeats, and no other's.</summary>
internal static class AllocationPolicyRules
{
    private const string Orders = "each of PENALTY, FEE, INTEREST and PRINCIPAL once";

    public static void Check(LoanProduct product, ProductErrors errors)
    {
        var policy = product.Allocation;
        var strategy = policy.Strategy;
        CheckOrder(policy.Order, "allocation.order", AllocationStrategy.OldestFirst);
        CheckOrder(policy.Due, "allocation.due", AllocationStrategy.DueThenInAdvance);
        CheckOrder(policy.InAdvance, "allocation.inAdvance", AllocationStrategy.DueThenInAdvance);
        if (strategy == AllocationStrategy.Advanced)
        {
            errors.Unless(
                IsEachOnce(policy.Buckets, 12),
                "allocation.buckets",
                "must have each of the 12 pairs of PAST_DUE, DUE and IN_ADVANCE with PENALTY, FEE, INTEREST and "
                    + "PRINCIPAL once."
            );
            foreach (var (kind, order) in policy.BucketsBySource)
                errors.Unless(
                    IsEachOnce(order, 12),
                    $"allocation.bucketsBySource.{Words.Write(kind)}",
                    "must have each of the 12 pairs once, like buckets."
                );
            errors.Unless(
                policy.BucketsBySource.Keys.All(ProductRules.KindsWithFutureRule.Contains),
                "allocation.bucketsBySource",
                "can only be for payments, refunds and credits."
            );
            errors.Unless(
                policy.FutureRules.Keys.All(ProductRules.KindsWithFutureRule.Contains),
                "allocation.futureRules",
                "can only be for payments, refunds and credits."
            );
            return;
        }

        errors.Unless(policy.Buckets.Count == 0, "allocation.buckets", "is for the strategy ADVANCED only.");
        errors.Unless(
            policy.Processing == Processing.Horizontal,
            "allocation.processing",
            "VERTICAL is for the strategy ADVANCED only."
        );
        errors.Unless(
            policy.BucketsBySource.Count == 0,
            "allocation.bucketsBySource",
            "is for the strategy ADVANCED only."
        );
        errors.Unless(policy.FutureRules.Count == 0, "allocation.futureRules", "is for the strategy ADVANCED only.");
        errors.Unless(
            policy.DefaultFutureRule == FutureRule.NextInstallment,
            "allocation.defaultFutureRule",
            "LAST_INSTALLMENT and REAMORTIZATION are for the strategy ADVANCED only."
        );

        void CheckOrder(IReadOnlyList<Component> order, string field, AllocationStrategy of)
        {
            if (strategy == of)
                errors.Unless(IsEachOnce(order, 4), field, $"must name {Orders}.");
            else
                errors.Unless(order.Count == 0, field, $"is not for the strategy {WordOf(strategy)}.");
        }
    }

    private static bool IsEachOnce<T>(IReadOnlyList<T> order, int count) =>
        order.Count == count && order.Distinct().Count() == count;

    private static string WordOf(AllocationStrategy strategy) =>
        strategy switch
        {
            AllocationStrategy.OldestFirst => "OLDEST_FIRST",
            AllocationStrategy.DueThenInAdvance => "DUE_THEN_IN_ADVANCE",
            _ => "ADVANCED",
        };
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Shouldly;
using Xunit;
using static Paydown.Lending.Tests.Products.SampleProducts;

namespace Paydown.Lending.Tests.Products;

public sealed class AllocationPolicyRulesTests
{
    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Accepted =>
        new()
        {
            {
                "due, then in advance",
                one =>
                    one with
                    {
                        Allocation = new()
                        {
                            Strategy = AllocationStrategy.DueThenInAdvance,
                            Due = Components,
                            InAdvance = Components,
                        },
                    }
            },
        };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_complete_policy_is_accepted(string what, Func<LoanProduct, LoanProduct> change) =>
        Check(change(Good)).ShouldBeEmpty(what);

    public static TheoryData<string, Func<LoanProduct, LoanProduct>> Refused =>
        new()
        {
            { "allocation.order", one => one with { Allocation = one.Allocation with { Order = [Component.Fee] } } },
            {
                "allocation.order",
                one => one with { Allocation = one.Allocation with { Order = [.. Components[..3], Component.Penalty] } }
            },
            { "allocation.due", one => one with { Allocation = one.Allocation with { Due = Components } } },
            {
                "allocation.inAdvance",
                one =>
                    one with
                    {
                        Allocation = new() { Strategy = AllocationStrategy.DueThenInAdvance, Due = Components },
                    }
            },
            {
                "allocation.buckets",
                one => one with { Allocation = Advanced with { Buckets = [.. Advanced.Buckets.Skip(1)] } }
            },
            {
                "allocation.defaultFutureRule",
                one => one with { Allocation = one.Allocation with { DefaultFutureRule = FutureRule.Reamortization } }
            },
            {
                "allocation.processing",
                one => one with { Allocation = one.Allocation with { Processing = Processing.Vertical } }
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void An_invalid_policy_is_refused_with_the_field(string field, Func<LoanProduct, LoanProduct> change)
    {
        var errors = Check(change(Good));

        errors.Select(error => error.Field).ShouldContain(field);
        errors.ShouldAllBe(error => error.Message.EndsWith('.'));
    }
}

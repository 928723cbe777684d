using Paydown.Lending.Allocation;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Allocation;

public sealed class AllocationExplanationTests
{
    private static readonly DateOnly DueOn = new(2026, 1, 31);

    [Fact]
    public void Each_component_that_was_paid_is_named_with_its_amount() =>
        AllocationExplanation
            .Of(new AllocationLine(3, DueOn, new ComponentAmounts(500_00, 12_50, 1, 40_00)), Currency.Get("NGN"))
            .ShouldBe(
                "Installment 3 (due 2026-01-31): 40.00 of penalty, 0.01 of fees, 12.50 of interest, 500.00 of principal."
            );

    [Fact]
    public void A_component_without_money_is_left_out() =>
        AllocationExplanation
            .Of(new AllocationLine(1, DueOn, new ComponentAmounts(500, 0, 0, 0)), Currency.Get("JPY"))
            .ShouldBe("Installment 1 (due 2026-01-31): 500 of principal.");
}

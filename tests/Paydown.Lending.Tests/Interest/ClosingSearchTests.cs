using Paydown.Lending.Interest;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Interest;

public sealed class ClosingSearchTests
{
    [Theory]
    [InlineData(777)]
    [InlineData(700)]
    [InlineData(900)]
    public void The_amount_is_corrected_by_what_it_leaves(long first) =>
        ClosingSearch.Find(first, amount => 777 - amount).ShouldBe(777);

    [Theory]
    [InlineData(700)]
    [InlineData(776)]
    [InlineData(778)]
    [InlineData(1_200)]
    public void Corrections_in_a_circle_end_at_the_least_amount_that_leaves_money_over(long first) =>
        ClosingSearch.Find(first, amount => amount < 777 ? 500 : -500).ShouldBe(777);

    [Fact]
    public void Corrections_that_stop_short_still_find_the_amount() =>
        ClosingSearch.Find(1, amount => amount == 100 ? 0 : Math.Sign(100 - amount) * 64).ShouldBe(100);

    [Fact]
    public void Nothing_is_found_if_no_amount_is_enough()
    {
        ClosingSearch.Find(1, _ => 1).ShouldBeNull();
        ClosingSearch.Find(0, _ => throw new InvalidOperationException()).ShouldBeNull();
    }
}

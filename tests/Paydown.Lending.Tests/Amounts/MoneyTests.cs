using Paydown.Lending.Amounts;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Amounts;

public sealed class MoneyTests
{
    private static readonly Currency Naira = Currency.Get("NGN");

    [Theory]
    [InlineData("50000", 5_000_000)]
    [InlineData("1250.5", 125_050)]
    [InlineData("0.01", 1)]
    [InlineData("1250.500", 125_050)]
    public void An_exact_number_of_major_units_becomes_money(string major, long minor)
    {
        Money.TryFromMajor(decimal.Parse(major), Naira, out var money).ShouldBeTrue();
        money.MinorUnits.ShouldBe(minor);
    }

    [Theory]
    [InlineData("0.001")]
    [InlineData("92233720368547758.08")]
    [InlineData("79228162514264337593543950335")]
    public void An_amount_that_is_not_exact_or_does_not_fit_is_refused(string major) =>
        Money.TryFromMajor(decimal.Parse(major), Naira, out _).ShouldBeFalse();

    [Fact]
    public void Amounts_of_different_currencies_cannot_be_combined() =>
        Should.Throw<InvalidOperationException>(() => Money.Zero(Naira) + Money.Zero(Currency.Get("KWD")));

    [Fact]
    public void A_sum_beyond_63_bits_throws() =>
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, Naira) + new Money(1, Naira));
}

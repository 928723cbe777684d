using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Amounts;
using Paydown.Lending.Tests.Endurance;
using Xunit;

namespace Paydown.Lending.Tests.Amounts;

public sealed class SignificantTests
{
    // Balances and factors of all lengths, and products that lie on a half or next to one.
    private static readonly Gen<(long Balance, decimal Factor)> Any =
        from digits in Gen.Choose(1, 17)
        from first in Gen.Choose(0, int.MaxValue)
        from second in Gen.Choose(0, int.MaxValue)
        from scale in Gen.Choose(0, 28)
        from high in Gen.Choose(0, 200)
        select (
            ((long)first << 31 | (long)second) % Ten(digits),
            new decimal(second, first, Math.Max(0, high - 199), false, (byte)scale)
        );

    private static readonly Gen<(long Balance, decimal Factor)> NearHalf =
        from whole in Gen.Choose(0, int.MaxValue)
        from scale in Gen.Choose(1, 18)
        from beside in Gen.Choose(-3, 3)
        from balance in Gen.Elements(1L, 2L, 4L, 5L, 10L)
        select (balance, (whole + 0.5m + new decimal(Math.Abs(beside), 0, 0, beside < 0, (byte)scale)) / balance);

    [Fact]
    public void Integer_arithmetic_gives_the_same_interest_as_decimal_arithmetic() =>
        Prop.ForAll(
                Gen.OneOf(Any, NearHalf).ToArbitrary(),
                loan =>
                    Try(() => Significant.Interest(loan.Balance, loan.Factor))
                    == Try(() => Significant.ToMinor(Significant.Round(loan.Balance * loan.Factor)))
            )
            .ShouldHold(cases: 20_000);

    [Fact]
    public void Power_by_squaring_gives_the_same_installment_as_repeated_multiplication() =>
        Prop.ForAll(
                (
                    from rate in Gen.Choose(1, 500_000)
                    from periods in Gen.Choose(1, 600)
                    from amount in Gen.Choose(1, int.MaxValue)
                    select (Rate: rate / 1_000_000m, Periods: periods, Amount: amount * 7L)
                ).ToArbitrary(),
                loan =>
                    Installment(loan.Amount, loan.Rate, Significant.Power(1m + loan.Rate, loan.Periods))
                    == Installment(loan.Amount, loan.Rate, StepByStep(1m + loan.Rate, loan.Periods))
            )
            .ShouldHold(cases: 20_000);

    [Theory]
    [InlineData("0.000123456789123456", "0.000123456789123")]
    [InlineData("-0.000123456789123456", "-0.000123456789123")]
    [InlineData("0.0100000000000050", "0.0100000000000")]
    [InlineData("0.123456789012345", "0.123456789012")]
    [InlineData("1.23456789012345", "1.23456789012")]
    [InlineData("123456789012.5", "123456789012")]
    [InlineData("123456789013.5", "123456789014")]
    [InlineData("1234567890125", "1234567890120")]
    [InlineData("0", "0")]
    public void Twelve_significant_digits_are_kept_half_to_even(string value, string rounded) =>
        Assert.Equal(Number(rounded), Significant.Round(Number(value)));

    private static decimal Number(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // Null if no amount of money can hold it.
    private static long? Try(Func<long> interest)
    {
        try
        {
            return interest();
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static long Installment(long amount, decimal rate, decimal growth) =>
        Significant.ToMinor(amount * rate / (1m - 1m / growth));

    private static long Ten(int digits) => digits == 0 ? 1 : 10 * Ten(digits - 1);

    private static decimal StepByStep(decimal growth, int periods)
    {
        var power = 1m;
        for (var i = 0; i < periods && power < 1_000_000_000_000m; i++)
            power *= growth;
        return power;
    }
}

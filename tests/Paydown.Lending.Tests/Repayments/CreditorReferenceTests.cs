using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Repayments;

public sealed class CreditorReferenceTests
{
    [Theory]
    [InlineData("RF18539007547034")]
    [InlineData("RF18000000000539007547034")]
    [InlineData("rf18 5390 0754 7034")]
    public void A_valid_reference_is_read_as_people_type_it(string text) =>
        CreditorReference.TryParse(text, out _).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RF18")]
    [InlineData("RF19539007547034")]
    [InlineData("RF18539007547043")]
    [InlineData("FR18539007547034")]
    [InlineData("RFA8539007547034")]
    [InlineData("RF18-5390-0754-7034")]
    [InlineData("RF180000000000539007547034")]
    public void What_is_mistyped_is_refused(string? text) => CreditorReference.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void It_is_printed_in_groups_of_four() =>
        CreditorReference.FromBody("539007547034").ToPrintString().ShouldBe("RF18 5390 0754 7034");

    [Fact]
    public void What_is_printed_is_read_back() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Select(number => $"PD{number:X}").ToArbitrary(),
        body =>
        {
            var reference = CreditorReference.FromBody(body);
            return CreditorReference.TryParse(reference.ToPrintString(), out var read) && read == reference;
        }).QuickCheckThrowOnFailure();
}

using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.BankAccounts;

public sealed class NubanTests
{
    [Theory]
    // The example of the CBN's standard, and a bank code whose weights are not symmetrical.
    [InlineData("011", "0000014579")]
    [InlineData("058", "0152792740")]
    public void A_number_with_the_check_digit_of_its_bank_is_accepted(string bankCode, string accountNumber)
    {
        Nuban.TryParse(bankCode, accountNumber, out var nuban).ShouldBeTrue();
        nuban!.BankCode.ShouldBe(bankCode);
        nuban.AccountNumber.ShouldBe(accountNumber);
    }

    [Theory]
    [InlineData("011", "0000014578")]
    [InlineData("058", "0000014579")]
    [InlineData("011", "000001457")]
    [InlineData("011", "00000145790")]
    [InlineData("011", "000001457x")]
    [InlineData("011", "٠٠٠٠٠١٤٥٧٩")]
    [InlineData("01", "0000014579")]
    [InlineData("0011", "0000014579")]
    [InlineData("0x1", "0000014579")]
    [InlineData("", "")]
    public void Any_other_number_is_refused(string bankCode, string accountNumber) =>
        Nuban.TryParse(bankCode, accountNumber, out _).ShouldBeFalse();

    [Fact]
    public void A_bank_code_padded_to_six_digits_is_the_same_bank()
    {
        Nuban.TryParse("000011", "0000014579", out var padded).ShouldBeTrue();
        padded!.BankCode.ShouldBe("011");
    }

    [Fact]
    public void A_five_digit_code_of_another_institution_is_prefixed_with_9()
    {
        var number = TenDigits("950547", 21457);
        Nuban.TryParse("50547", number, out var nuban).ShouldBeTrue();
        Nuban.TryParse("950547", number, out var same).ShouldBeTrue();
        nuban.ShouldBe(same);
        nuban!.BankCode.ShouldBe("950547");
    }

    [Fact]
    public void A_single_wrong_digit_is_always_caught() =>
        Prop.ForAll(
                Gen.Choose(0, 999_999_999).ToArbitrary(),
                Gen.Choose(0, 8).ToArbitrary(),
                Gen.Choose(1, 9).ToArbitrary(),
                (serial, at, shift) =>
                {
                    var right = TenDigits("000058", serial);
                    var wrong = right.ToCharArray();
                    wrong[at] = (char)('0' + (wrong[at] - '0' + shift) % 10);
                    return Nuban.TryParse("058", right, out _) && !Nuban.TryParse("058", new string(wrong), out _);
                }
            )
            .ShouldHold();

    // Tries the ten check digits, so that the test does not repeat the rule.
    private static string TenDigits(string bankCode, int serial) =>
        Enumerable
            .Range(0, 10)
            .Select(check => $"{serial:000000000}{check}")
            .Single(number => Nuban.TryParse(bankCode, number, out _));

    [Fact]
    public void A_number_without_a_check_digit_is_ten_digits_under_the_listed_code()
    {
        Nuban.TryParseUnchecked("999992", "8005550100", out var wallet).ShouldBeTrue();
        (wallet!.BankCode, wallet.AccountNumber).ShouldBe(("999992", "8005550100"));
        Nuban.TryParseUnchecked("999992", "800555010", out _).ShouldBeFalse();
        Nuban.TryParseUnchecked("999992", "80055501x0", out _).ShouldBeFalse();
    }
}

using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Customers;
using Paydown.Lending.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Customers;

public sealed class RegistrationRulesTests
{
    private const string Letters = "aZéŁßñçøÑ李Жש한ọ";
    private const string Joints = " -'’‐";

    private static readonly DateOnly Today = new(2026, 3, 1);

    private static readonly RegistrationForm Right = new()
    {
        FirstName = "Ada",
        LastName = "Example",
        Email = "ada@example.com",
        DialingCode = "+234",
        Phone = "8005550100",
        DateOfBirth = new(1990, 5, 17),
        Password = "Password@1",
        ConfirmPassword = "Password@1",
        Address = new("1 Example Street", "Flat 2", "Nigeria", "100001", "NGA"),
    };

    [Fact]
    public void A_valid_form_is_kept_unchanged() => RegistrationRules.Check(Right, Today).Value.ShouldBe(Right);

    [Fact]
    public void Different_spellings_are_stored_in_one_form() =>
        RegistrationRules
            .Check(
                Right with
                {
                    FirstName = " Ada ",
                    Email = " ada@example.com",
                    DialingCode = "234",
                    Phone = "(800) 555-01.00",
                    Address = new(" 1 Example Street", "Flat 2 ", "Nigeria ", " 100001", "nga"),
                },
                Today
            )
            .Value.ShouldBe(Right);

    [Fact]
    public void All_errors_are_returned_at_once_in_the_order_of_the_form()
    {
        var refusal = RegistrationRules
            .Check(
                new()
                {
                    FirstName = "A",
                    LastName = "R2D2",
                    Email = "ada",
                    DialingCode = "+0",
                    Phone = "call me",
                    DateOfBirth = Today,
                    Password = "password",
                    ConfirmPassword = "Password",
                    Address = new("1 Example Street", null, "Nowhere", null, "XYZ"),
                },
                Today
            )
            .Refusal!;
        refusal.Code.ShouldBe("VALIDATION_ERROR");
        refusal
            .Errors.Select(error => error.Field)
            .ShouldBe([
                "firstName",
                "lastName",
                "email",
                "dialingCode",
                "phone",
                "dob",
                "password",
                "confirmPassword",
                "address.countryIso3",
            ]);
        refusal.Message.ShouldNotContain("R2D2");
    }

    [Theory]
    [InlineData("Jo")]
    [InlineData("Seán")]
    [InlineData("O'Neil")]
    [InlineData("D’Arcy-Smith")]
    [InlineData("Mary Ann")]
    [InlineData("Olúwaṣẹ́un")]
    [InlineData("李小龍")]
    public void Names_are_letters_of_any_script(string name) => RegistrationRules.IsName(name).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("-Ada")]
    [InlineData("Ada1")]
    [InlineData("Ada_B")]
    [InlineData("Ada\u0301\u202e")]
    [InlineData("<b>Ada</b>")]
    [InlineData("Ada 😀")]
    [InlineData("Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Other_texts_are_not_names(string name) => RegistrationRules.IsName(name).ShouldBeFalse();

    [Fact]
    public void Letters_and_joints_of_a_valid_length_are_a_name() =>
        Prop.ForAll(
                Gen.Elements<char>(Letters + Joints).ArrayOf().ToArbitrary(),
                characters =>
                {
                    var name = new string(characters);
                    var isRight = name.Length is >= 2 and <= 50 && Letters.Contains(name[0], StringComparison.Ordinal);
                    RegistrationRules.IsName(name).ShouldBe(isRight);
                }
            )
            .ShouldHold();

    [Fact]
    public void A_text_with_any_other_character_is_not_a_name() =>
        Prop.ForAll(
                Gen.Elements<char>("0_.,;:!?@#$%^&*()[]{}<>|/\\\"+=~`\t\n€√").ToArbitrary(),
                Gen.Choose(0, 5).ToArbitrary(),
                (other, at) => RegistrationRules.IsName("Example".Insert(at, $"{other}")).ShouldBeFalse()
            )
            .ShouldHold();

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("ada.b+loans@mail.example.com")]
    [InlineData("o'neil_1@example-bank.example")]
    public void An_email_address_has_an_at_sign_and_a_domain_with_a_dot(string email) =>
        RegistrationRules.IsEmail(email).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.com")]
    [InlineData("ada@example")]
    [InlineData("ada@@example.com")]
    [InlineData("ada b@example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada.@example.com")]
    [InlineData("a..da@example.com")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@example..com")]
    [InlineData("ada@exämple.com")]
    [InlineData("Ada <ada@example.com>")]
    public void Other_texts_are_not_email_addresses(string email) => RegistrationRules.IsEmail(email).ShouldBeFalse();

    [Theory]
    [InlineData("Password@1", true)]
    [InlineData("Pässwörd§1", true)]
    [InlineData("Pass@1x", false)]
    [InlineData("password@1", false)]
    [InlineData("PASSWORD@1", false)]
    [InlineData("Password@x", false)]
    [InlineData("Password11", false)]
    [InlineData("Password 1", false)]
    public void A_password_has_four_kinds_of_characters(string password, bool isOne) =>
        RegistrationRules.IsPassword(password).ShouldBe(isOne);

    [Fact]
    public void A_password_may_mix_the_four_kinds_in_any_order() =>
        Prop.ForAll(
                Gen.Elements<char>("abcXYZ019!§_-").ArrayOf().ToArbitrary(),
                characters =>
                    RegistrationRules
                        .IsPassword(new string(characters))
                        .ShouldBe(
                            characters.Length >= 8
                                && characters.Any(char.IsLower)
                                && characters.Any(char.IsUpper)
                                && characters.Any(char.IsDigit)
                                && characters.Any(c => !char.IsLetterOrDigit(c))
                        )
            )
            .ShouldHold();

    [Theory]
    [InlineData("2008-03-01", true)]
    [InlineData("2008-03-02", false)]
    [InlineData("2008-02-29", true)]
    [InlineData("1905-03-02", true)]
    [InlineData("1905-03-01", false)]
    [InlineData("2026-03-02", false)]
    public void A_customer_is_18_to_120_years_old(string birth, bool isRight) =>
        RegistrationRules.Check(Right with { DateOfBirth = DateOnly.Parse(birth) }, Today).IsRefused.ShouldBe(!isRight);

    [Fact]
    public void A_person_born_on_29_February_comes_of_age_on_1_March() =>
        RegistrationRules.AgeOn(new(2008, 2, 29), new(2026, 2, 28)).ShouldBe(17);

    [Fact]
    public void Age_goes_up_by_one_on_each_birthday_and_at_no_other_time() =>
        Prop.ForAll(
                Gen.Choose(0, 40_000).ToArbitrary(),
                Gen.Choose(0, 40_000).ToArbitrary(),
                (bornOn, days) =>
                {
                    var birth = new DateOnly(1900, 1, 1).AddDays(bornOn);
                    var (before, after) = (birth.AddDays(days), birth.AddDays(days + 1));
                    var isBirthday =
                        (after.Month, after.Day) == (birth.Month, birth.Day)
                        || birth is { Month: 2, Day: 29 }
                            && after is { Month: 3, Day: 1 }
                            && !DateTime.IsLeapYear(after.Year);
                    (RegistrationRules.AgeOn(birth, after) - RegistrationRules.AgeOn(birth, before)).ShouldBe(
                        isBirthday ? 1 : 0
                    );
                }
            )
            .ShouldHold();
}

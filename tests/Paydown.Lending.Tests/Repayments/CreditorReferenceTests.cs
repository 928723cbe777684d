using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Paydown.Lending.Repayments;
using Paydown.Lending.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Repayments;

public sealed class CreditorReferenceTests
{
    private static readonly CreditorReference Demo = CreditorReference.FromBody("DEMO000101");

    private static readonly string[] Separators =
    [
        // White space of any kind.
        " ",
        "\t",
        "\n",
        "\r\n",
        "\u0085",
        "\u00A0",
        "\u1680",
        "\u2000",
        "\u2002",
        "\u2003",
        "\u2007",
        "\u2009",
        "\u200A",
        "\u2028",
        "\u2029",
        "\u202F",
        "\u205F",
        "\u3000",
        // Hyphens of any kind.
        "-",
        "\u2010",
        "\u2011",
        "\u2012",
        "\u2013",
        "\u2014",
        "\u2015",
        "\u2212",
        "\u058A",
        "\u2043",
        "\uFE58",
        "\uFE63",
        "\uFF0D",
        // What nobody sees: zero-width, directional marks, soft hyphen, variation selectors, fillers.
        "\u200B",
        "\u200C",
        "\u200D",
        "\u2060",
        "\uFEFF",
        "\u00AD",
        "\u034F",
        "\u180E",
        "\u200E",
        "\u200F",
        "\u202A",
        "\u202B",
        "\u202C",
        "\u202D",
        "\u202E",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069",
        "\u061C",
        "\uFE0F",
        "\u3164",
    ];

    private static readonly Gen<CreditorReference> References =
        from length in Gen.Choose(1, 21)
        from body in Gen.Elements("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".ToCharArray()).ArrayOf(length)
        select CreditorReference.FromBody(new string(body));

    [Theory]
    [InlineData("RF18539007547034")]
    [InlineData("RF18000000000539007547034")]
    [InlineData("rf18 5390 0754 7034")]
    [InlineData("RF18-5390-0754-7034")]
    [InlineData("\u2067RF18\u00A05390\u202F0754\u20077034\u2069\t\n")]
    [InlineData("ＲＦ１８５３９００７５４７０３４")]
    [InlineData("ｒｆ18　５３９０ 0754 7034")]
    [InlineData("RF١٨ ٥٣٩٠ ٠٧٥٤ ٧٠٣٤")]
    public void A_valid_reference_is_read_however_it_is_typed(string text) =>
        CreditorReference.TryParse(text, out _).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RF18")]
    [InlineData("RF19539007547034")]
    [InlineData("RF18539007547043")]
    [InlineData("FR18539007547034")]
    [InlineData("RFA8539007547034")]
    [InlineData("RF18:539007547034")]
    [InlineData("RF18539007547034.")]
    [InlineData("RF180000000000539007547034")]
    public void A_mistyped_reference_is_refused(string? text) =>
        CreditorReference.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("Loan RF64DEMO000101")]
    [InlineData("pmt ref:rf64-demo-0001-01 thanks")]
    [InlineData("LoanRF64DEMO000101")]
    [InlineData("TRF/RF64 DEMO 0001 01/ADA EXAMPLE")]
    [InlineData("RF64DEMO000101, RF64DEMO000101")]
    [InlineData("(RF64\u00A0DEMO\u00A00001\u00A001)")]
    [InlineData("RF00 rent RF64DEMO000101")]
    public void A_reference_is_found_in_surrounding_text(string text)
    {
        var reference = CreditorReference.FromBody("DEMO000101");
        var wanted = text.Replace("RF64DEMO000101", reference.Value, StringComparison.Ordinal)
            .Replace("RF64", reference.Value[..4], StringComparison.Ordinal)
            .Replace("rf64", reference.Value[..4], StringComparison.Ordinal);
        reference.IsNamedAloneIn(wanted).ShouldBeTrue();
    }

    [Fact]
    public void Two_references_in_one_text_are_left_to_a_person()
    {
        var other = CreditorReference.FromBody("DEMO000102");
        var text = $"{Demo} and {other}";
        CreditorReference.FindIn(text).ShouldBeNull();
        Demo.IsNamedAloneIn(text).ShouldBeFalse();
        other.IsNamedAloneIn(text).ShouldBeFalse();
    }

    [Theory]
    [InlineData("7")]
    [InlineData("A")]
    public void A_reference_with_more_characters_attached_is_not_read(string more)
    {
        Demo.IsNamedAloneIn($"Loan {Demo}{more}").ShouldBeFalse();
        CreditorReference.FindIn($"Loan {Demo}{more}").ShouldBeNull();
    }

    // RF225K56THANKS has the right check digits by chance.
    [Fact]
    public void A_longer_text_that_is_valid_by_chance_does_not_hide_a_reference()
    {
        CreditorReference.TryParse("RF225K56", out var reference).ShouldBeTrue();
        reference.IsNamedAloneIn("RF22 5K56 thanks").ShouldBeTrue();
    }

    [Fact]
    public void A_reference_is_printed_in_groups_of_four() =>
        CreditorReference.FromBody("539007547034").ToPrintString().ShouldBe("RF18 5390 0754 7034");

    [Fact]
    public void A_printed_reference_can_be_read_back() =>
        Prop.ForAll(
                References.ToArbitrary(),
                reference => CreditorReference.TryParse(reference.ToPrintString(), out var read) && read == reference
            )
            .ShouldHold();

    [Fact]
    public void Separators_anywhere_and_case_do_not_matter() =>
        Prop.ForAll(
                (
                    from reference in References
                    from gaps in Gen.Elements(Separators)
                        .ListOf(2)
                        .Select(two => string.Concat(two))
                        .Or(Gen.Constant(""))
                        .ArrayOf(reference.Value.Length + 1)
                    from lower in Gen.Elements(true, false)
                    select (reference, Text: Spread(lower ? reference.Value.ToLowerInvariant() : reference.Value, gaps))
                ).ToArbitrary(),
                pasted =>
                    CreditorReference.TryParse(pasted.Text, out var read)
                    && read == pasted.reference
                    && CreditorReference.FindIn(pasted.Text) == pasted.reference
                    && pasted.reference.IsNamedAloneIn(pasted.Text)
            )
            .ShouldHold();

    [Fact]
    public void A_reference_among_words_is_found() =>
        Prop.ForAll(
                (
                    from reference in References
                    from before in Gen.Elements("Loan ", "ref:", "pmt/", "Réf. ", "")
                    from after in Gen.Elements(" thanks", ", Ada", ".", "/2026", "")
                    select (reference, Text: before + reference.ToPrintString() + after)
                ).ToArbitrary(),
                written => written.reference.IsNamedAloneIn(written.Text)
            )
            .ShouldHold();

    [Fact]
    public void A_reference_with_a_wrong_check_digit_is_never_accepted() =>
        Prop.ForAll(
                (from reference in References from step in Gen.Choose(1, 96) select (reference, step)).ToArbitrary(),
                wrong =>
                {
                    var (value, check) = (wrong.reference.Value, int.Parse(wrong.reference.Value[2..4]));
                    var other = $"RF{(check - 2 + wrong.step) % 97 + 2:00}{value[4..]}";
                    return !CreditorReference.TryParse(other, out _)
                        && !wrong.reference.IsNamedAloneIn("Loan " + other);
                }
            )
            .ShouldHold();

    [Fact]
    public void Text_without_a_reference_yields_none() =>
        Prop.ForAll(
                ArbMap
                    .Default.GeneratorFor<string>()
                    .Where(text => text is not null && !text.Contains("rf", StringComparison.OrdinalIgnoreCase))
                    .ToArbitrary(),
                text =>
                    !CreditorReference.TryParse(text, out _)
                    && CreditorReference.FindIn(text) is null
                    && !Demo.IsNamedAloneIn(text)
            )
            .ShouldHold();

    private static string Spread(string value, string[] gaps)
    {
        var text = new StringBuilder(gaps[0]);
        for (var i = 0; i < value.Length; i++)
            text.Append(value[i]).Append(gaps[i + 1]);
        return text.ToString();
    }
}

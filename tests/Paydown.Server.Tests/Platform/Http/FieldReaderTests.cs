using System.Text;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

public sealed class FieldReaderTests
{
    private static readonly Field<decimal> Amount = Field.Amount("amount", "");
    private static readonly Field<LoanId> Id = Field.Id<LoanId>("id", "");
    private static readonly Field<string> Name = Field.Text("name", "", 1, 10);
    private static readonly Field<Moment?> When = Field.Moment("when", "").Optional();
    private static readonly Field<ChargeKind?> Kind = Field.OneOf<ChargeKind>("kind", "").Optional();
    private static readonly Field<int> Count = Field.Integer("count", "", 1, 5).Or(3);
    private static readonly IReadOnlyList<Field> Fields = [Amount, Id, Name, When, Kind, Count];

    private const string Right = """{"amount":1250.50,"id":"01957ad2-7c00-7000-8000-000000000001","name":"Ada"}""";

    [Fact]
    public void An_object_with_more_fields_than_the_reader_supports_is_a_bug()
    {
        IReadOnlyList<Field> fields =
        [
            .. Enumerable.Range(0, 65).Select(n => Field.Text($"field{n}", "", 0, 1).Optional()),
        ];
        FieldReader.ReadJson("{}"u8, fields.Take(64).ToList()).IsRefused.ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => FieldReader.ReadJson("{}"u8, fields));
    }

    [Fact]
    public void A_valid_body_is_read_and_unknown_fields_are_ignored()
    {
        var values = Read(
            """{"x":[1,{}],"amount":1250.50,"id":"01957AD2-7c00-7000-8000-000000000001","name":"Ada","when":null}"""
        ).Value;
        values.Get(Amount).ShouldBe(1250.5m);
        values.Get(Id).ShouldBe(LoanId.Of(Guid.Parse("01957ad2-7c00-7000-8000-000000000001")));
        values.Get(Name).ShouldBe("Ada");
        values.Get(When).ShouldBeNull();
        values.Get(Kind).ShouldBeNull();
        values.Get(Count).ShouldBe(3);
    }

    [Fact]
    public void An_optional_field_is_read_if_it_is_sent()
    {
        var values = Read(Right.TrimEnd('}') + ""","kind":"PENALTY","count":5}""").Value;
        values.Get(Kind).ShouldBe(ChargeKind.Penalty);
        values.Get(Count).ShouldBe(5);
    }

    [Fact]
    public void A_field_that_the_request_does_not_list_cannot_be_read()
    {
        var twin = Field.Amount("amount", "");
        Should
            .Throw<InvalidOperationException>(() => Read(Right).Value.Get(twin))
            .Message.ShouldBe("'amount' is not a field of this request.");
    }

    [Fact]
    public void A_required_field_that_was_not_sent_cannot_be_read()
    {
        var values = Read("{}", [Name.Optional()]).Value;
        values.Get(Name.Optional()).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => values.Get(Name)).Message.ShouldBe("'name' was not sent.");
    }

    [Fact]
    public void Members_are_read_from_the_values_of_their_object_by_the_declarations_that_are_spelled_out()
    {
        var note = Field.Text("note", "", 0, 9).Optional();
        var rows = Field.List("rows", "", 3, note).Or([]);
        var outer = Field.Object("outer", "", rows);
        var values = Read("""{"outer":{"rows":[{"note":"a"},{"note":null}]}}""", Field.SpelledOut([outer])).Value;
        values.Get(outer).Get(rows).Select(row => row.Get(note)).ShouldBe(["a", null]);
    }

    [Fact]
    public void A_field_that_is_listed_above_its_declaration_is_a_bug() =>
        Should.Throw<InvalidOperationException>(() =>
            new Paydown.Server.Platform.Http.Contract("").Reads(Amount, null!)
        );

    [Theory]
    [InlineData("", "BAD_REQUEST")]
    [InlineData("{", "BAD_REQUEST")]
    [InlineData("[]", "BAD_REQUEST")]
    [InlineData("null", "BAD_REQUEST")]
    [InlineData("{} {}", "BAD_REQUEST")]
    [InlineData("""{"amount":"1","id":"x","name":3}""", "BAD_REQUEST")]
    [InlineData("""{"amount":NaN,"id":"01957ad2-7c00-7000-8000-000000000001","name":"Ada"}""", "BAD_REQUEST")]
    [InlineData("""{"amount":1,"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":"Ada"}""", "BAD_REQUEST")]
    [InlineData("""{"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":"Ada","x":1,"x":2}""", "BAD_REQUEST")]
    [InlineData("""{"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":null}""", "BAD_REQUEST")]
    [InlineData("""{"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":"\ud800"}""", "BAD_REQUEST")]
    [InlineData("""{"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":""}""", "VALIDATION_ERROR")]
    [InlineData(
        """{"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":"elevenchars"}""",
        "VALIDATION_ERROR"
    )]
    [InlineData("""{"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":"a\u0000b"}""", "VALIDATION_ERROR")]
    [InlineData(
        """{"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":"Ada","count":9}""",
        "VALIDATION_ERROR"
    )]
    [InlineData(
        """{"amount":1,"id":"01957ad2-7c00-7000-8000-000000000001","name":"Ada","kind":"OTHER"}""",
        "VALIDATION_ERROR"
    )]
    public void An_invalid_body_is_refused(string json, string code) => Read(json).Refusal!.Code.ShouldBe(code);

    [Theory]
    [InlineData("12", 12)]
    [InlineData("\"12\"", 12)]
    [InlineData("\"13\"", null)]
    [InlineData("\"twelve\"", null)]
    [InlineData("\"1.5\"", null)]
    public void An_integer_may_be_a_string_of_digits_if_its_field_allows_it(string json, int? read)
    {
        var values = FieldReader.ReadJson(Encoding.UTF8.GetBytes($"{{\"term\":{json}}}"), [Term]);
        (values.IsRefused ? (int?)null : values.Value.Get(Term)).ShouldBe(read);
    }

    private static readonly Field<int> Term = Field.Integer("term", "", 1, 12).OrDigits();
    private static readonly Field<IReadOnlyList<string>> Words = Field.Values(
        "words",
        "",
        3,
        Field.OneOf("word", "", "FEE", "PENALTY")
    );
    private static readonly Field<string?> Text = Field.Text("text", "", 0, 20).WithLines().Optional();
    private static readonly Field<decimal?> Rate = Field.Rate("rate", "", 0, 100).Optional();
    private static readonly Field<decimal?> Fee = Field.Amount("fee", "").FromZero().Optional();
    private static readonly IReadOnlyList<Field> Lists = [Words, Text, Rate, Fee];

    [Fact]
    public void Lists_of_words_lines_rates_and_amounts_from_zero_are_read()
    {
        var values = Read("""{"words":["FEE","PENALTY","FEE"],"text":"a\nb\tc","rate":12.5,"fee":0}""", Lists).Value;
        values.Get(Words).ShouldBe(["FEE", "PENALTY", "FEE"]);
        values.Get(Text).ShouldBe("a\nb\tc");
        values.Get(Rate).ShouldBe(12.5m);
        values.Get(Fee).ShouldBe(0m);
        Read("""{"words":[]}""", Lists).Value.Get(Words).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"words":["FEE","OTHER"]}""", "words[1]", "VALIDATION_ERROR")]
    [InlineData("""{"words":["FEE",null]}""", "words[1]", "BAD_REQUEST")]
    [InlineData("""{"words":[["FEE"]]}""", "words[0]", "BAD_REQUEST")]
    [InlineData("""{"words":"FEE"}""", "words", "BAD_REQUEST")]
    [InlineData("""{"words":["FEE","FEE","FEE","FEE"]}""", "words", "VALIDATION_ERROR")]
    [InlineData("""{"words":[],"text":"a\u0007"}""", "text", "VALIDATION_ERROR")]
    [InlineData("""{"words":[],"rate":100.1}""", "rate", "VALIDATION_ERROR")]
    [InlineData("""{"words":[],"fee":-0.01}""", "fee", "VALIDATION_ERROR")]
    public void An_error_in_them_is_reported_with_its_field(string json, string field, string code)
    {
        var refusal = Read(json, Lists).Refusal!;
        refusal.Code.ShouldBe(code);
        refusal.Errors.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Fact]
    public void Lists_with_the_same_meaning_have_the_same_hash()
    {
        byte[] Hash(string json) => Read(json, Lists).Value.CanonicalHash("/");
        Hash("""{"words":["FEE"],"rate":1.50}""").ShouldBe(Hash("""{"rate":1.5, "words": ["FEE"]}"""));
        Hash("""{"words":["FEE"]}""").ShouldNotBe(Hash("""{"words":["FEE","FEE"]}"""));
    }

    [Fact]
    public void All_invalid_fields_are_reported_at_once()
    {
        var refusal = Read("""{"amount":"1","id":"x","name":"","kind":"OTHER"}""").Refusal!;
        refusal.Code.ShouldBe("BAD_REQUEST");
        refusal.Errors.Select(error => error.Field).ShouldBe(["amount", "id", "name", "kind"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("99999999999999999999999999999999999999")]
    public void A_number_too_large_for_an_amount_is_read_as_the_largest(string number) =>
        Read(Right.Replace("1250.50", number)).Value.Get(Amount).ShouldBe(decimal.MaxValue);

    [Fact]
    public void Negative_zero_is_zero() => Read(Right.Replace("1250.50", "-0")).Value.Get(Amount).ShouldBe(0);

    [Theory]
    [InlineData("2026-01-31", true)]
    [InlineData("2026-01-31T10:00:00Z", true)]
    [InlineData("2026-01-31T10:00:00.123456+01:00", true)]
    [InlineData("2026-01-31T10:00", true)]
    [InlineData("2026-01-31T10:00:00.123456789Z", true)]
    [InlineData("2026-01-31T10:00:00.5+0100", true)]
    [InlineData("2026-01-31t10:00:00,5+01", true)]
    [InlineData("2026-01-31T10:00:00.1234567890Z", false)]
    [InlineData("2026-01-31T10:00:00Z ", false)]
    [InlineData("2026-01-31T25:00:00Z", false)]
    [InlineData("2026-02-30", false)]
    [InlineData("31/01/2026", false)]
    [InlineData("2026-01-31 10:00:00", false)]
    [InlineData("10:00", false)]
    public void Moments_are_iso_8601(string text, bool isRight) =>
        Read(Right.TrimEnd('}') + $",\"when\":\"{text}\"}}").IsRefused.ShouldBe(!isRight);

    // .NET would accept all of these as UUIDs.
    [Theory]
    [InlineData(" 01957ad2-7c00-7000-8000-000000000001")]
    [InlineData("+1957ad2-7c00-7000-8000-000000000001")]
    [InlineData("0x957ad2-7c00-7000-8000-000000000001")]
    public void An_id_is_exactly_the_36_characters_of_a_uuid(string id) =>
        Read(Right.Replace("01957ad2-7c00-7000-8000-000000000001", id)).Refusal!.Code.ShouldBe("BAD_REQUEST");

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void The_length_of_a_text_is_counted_in_characters(int emojis, bool isRefused) =>
        Read(Right.Replace("Ada", string.Concat(Enumerable.Repeat("😀", emojis)))).IsRefused.ShouldBe(isRefused);

    [Fact]
    public void Two_bodies_with_the_same_meaning_have_the_same_hash()
    {
        var one = Read(Right).Value.CanonicalHash("/x");
        Read(
            """{ "name":"Ada", "x":1, "id":"01957AD2-7C00-7000-8000-000000000001", "amount":1.25050e3, "when":null }"""
        )
            .Value.CanonicalHash("/x")
            .ShouldBe(one);
        Read(Right.Replace("1250.50", "1250.51")).Value.CanonicalHash("/x").ShouldNotBe(one);
        Read(Right.Replace("Ada", "Eve")).Value.CanonicalHash("/x").ShouldNotBe(one);
        Read(Right).Value.CanonicalHash("/y").ShouldNotBe(one);
    }

    private static readonly IReadOnlyList<Field> Nested =
    [
        Field.Object("outer", "", Field.Amount("amount", ""), Field.List("rows", "", 3, Field.Text("name", "", 0, 9))),
    ];

    [Theory]
    [InlineData("""{"outer":{"amount":1,"rows":[]},"oute":1}""", "oute", "did you mean outer?")]
    [InlineData("""{"outer":{"amount":1,"rows":[],"amuont":2}}""", "outer.amuont", "did you mean amount?")]
    [InlineData(
        """{"outer":{"amount":1,"rows":[{"name":"a"},{"name":"b","Name":"c"}]}}""",
        "outer.rows[1].Name",
        "did you mean name?"
    )]
    [InlineData("""{"outer":{"amount":1,"rows":[]},"zebra":1}""", "zebra", "known here: outer.")]
    public void An_unknown_field_is_refused_at_every_depth_with_a_suggestion(
        string json,
        string field,
        string suggestion
    )
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        FieldReader.ReadJson(bytes, Nested).IsRefused.ShouldBeFalse("A customer's unknown fields are ignored.");
        var refusal = FieldReader.ReadJson(bytes, Nested, refusesUnknown: true).Refusal!;
        refusal.Code.ShouldBe("BAD_REQUEST");
        var error = refusal.Errors.ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Message.ShouldBe($"is not a known field; {suggestion}");
    }

    [Theory]
    [InlineData("202A")]
    [InlineData("202E")]
    [InlineData("2066")]
    [InlineData("2069")]
    [InlineData("200E")]
    [InlineData("200F")]
    [InlineData("061C")]
    [InlineData("0085")]
    [InlineData("FEFF")]
    public void Characters_that_reverse_text_are_refused(string code)
    {
        var json = Right.Replace("Ada", $"A\\u{code}da");
        Read(json)
            .Refusal!.Errors.ShouldHaveSingleItem()
            .Message.ShouldBe($"must not contain control characters (U+{code}).");
        Read($"{{\"words\":[],\"text\":\"a\\u{code}b\"}}", Lists).Refusal!.Code.ShouldBe("VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("2028", false)]
    [InlineData("000A", false)]
    [InlineData("200D", true)]
    [InlineData("00E9", true)]
    public void Line_breaks_are_allowed_only_in_multiline_texts_and_joiners_in_all(string code, bool isInLine)
    {
        Read(Right.Replace("Ada", $"A\\u{code}da")).IsRefused.ShouldBe(!isInLine);
        Read($"{{\"words\":[],\"text\":\"a\\u{code}b\"}}", Lists).IsRefused.ShouldBeFalse();
    }

    [Fact]
    public void A_position_in_malformed_JSON_is_counted_in_characters()
    {
        Read("{\n\"é\": 1,\n\"ééé\": x}").Refusal!.Message.ShouldBe("The body is not valid JSON (line 3, column 8).");
        Read("{\"amount\": 01}").Refusal!.Message.ShouldContain("line 1, column ");
    }

    [Fact]
    public void An_amount_has_a_limit_if_one_is_declared()
    {
        var fee = Field.Amount("fee", "").FromZero().AtMost(1_000);
        Read("""{"fee":1000}""", [fee]).Value.Get(fee).ShouldBe(1000);
        Read("""{"fee":1000.01}""", [fee])
            .Refusal!.Errors.ShouldHaveSingleItem()
            .Message.ShouldBe("must be a number in major units, 0 or more, at most 1000.");
    }

    private static Result<FieldValues> Read(string json, IReadOnlyList<Field>? fields = null) =>
        FieldReader.ReadJson(Encoding.UTF8.GetBytes(json), fields ?? Fields);
}

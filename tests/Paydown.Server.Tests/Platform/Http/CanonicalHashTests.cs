using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

/// <summary>Requests with the same meaning have the same hash, and no others do.</summary>
public sealed class CanonicalHashTests
{
    private static readonly IReadOnlyList<Field> Fields =
    [
        Field.Values("methods", "", 50, Field.Text("method", "", 1, 20)).AsSet().Optional(),
        Field.Values("order", "", 50, Field.Text("step", "", 1, 20)).Optional(),
        Field
            .List(
                "answers",
                "",
                50,
                Field.Integer("question", "", 0, 1000),
                Field.Text("answer", "", 1, 20),
                Field.Values("parts", "", 10, Field.Integer("part", "", 0, 9)).AsSet().Optional()
            )
            .AsSet()
            .Optional(),
        Field.Amount("amount", "").Optional(),
    ];

    private static readonly Gen<string[]> Words = Gen.Elements("A", "B", "AB", "C", ",", "]", "}", "A,", "method")
        .ArrayOf()
        .Resize(6);

    [Fact]
    public void The_order_of_a_set_does_not_matter() =>
        Prop.ForAll(
                (from words in Words from shuffled in Gen.Shuffle(words) select (words, shuffled)).ToArbitrary(),
                sets => Hash(new { methods = sets.words }) == Hash(new { methods = sets.shuffled })
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Two_sets_have_the_same_hash_only_if_their_elements_are_equal() =>
        Prop.ForAll(
                (from one in Words from two in Words select (one, two)).ToArbitrary(),
                sets =>
                    Hash(new { methods = sets.one })
                    == Hash(new { methods = sets.two })
                    == sets.one.ToHashSet().SetEquals(sets.two)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_a_sequence_matters() =>
        Prop.ForAll(
                (from one in Words from two in Words select (one, two)).ToArbitrary(),
                lists =>
                    Hash(new { order = lists.one })
                    == Hash(new { order = lists.two })
                    == lists.one.SequenceEqual(lists.two)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_set_of_objects_has_no_order_and_neither_have_sets_inside_it()
    {
        object One(params object[] answers) => new { answers };
        var (first, second) = (new { question = 1, answer = "YES" }, new { question = 2, answer = "NO" });
        Hash(One(first, second)).ShouldBe(Hash(One(second, first)));
        Hash(
                One(
                    new
                    {
                        question = 1,
                        answer = "YES",
                        parts = (int[])[1, 2],
                    }
                )
            )
            .ShouldBe(
                Hash(
                    One(
                        new
                        {
                            parts = (int[])[2, 1],
                            answer = "YES",
                            question = 1,
                        }
                    )
                )
            );
        Hash(One(first, second)).ShouldNotBe(Hash(One(first)));
        // Values of one object must not be mixed with those of another.
        Hash(One(new { question = 1, answer = "NO" }, new { question = 2, answer = "YES" }))
            .ShouldNotBe(Hash(One(first, second)));
    }

    [Fact]
    public void An_amount_hashes_by_its_value() =>
        Prop.ForAll(
                (
                    from minor in Gen.Choose(0, int.MaxValue)
                    from zeros in Gen.Choose(0, 5)
                    select (minor, zeros)
                ).ToArbitrary(),
                amount =>
                {
                    var plain = $"{amount.minor / 100}.{amount.minor % 100:00}";
                    return HashOf($$"""{"amount":{{plain}}}""")
                        == HashOf($$"""{"amount":{{plain}}{{new string('0', amount.zeros)}}}""");
                }
            )
            .QuickCheckThrowOnFailure();

    private static string Hash(object body) => HashOf(JsonSerializer.Serialize(body));

    private static string HashOf(string json) =>
        Convert.ToHexString(
            FieldReader.ReadJson(System.Text.Encoding.UTF8.GetBytes(json), Fields).Value.CanonicalHash("/")
        );
}

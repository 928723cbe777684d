using System.Text.Json;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Matching;

/// <summary>
/// Whole sets, from seeds, through the rules and the check for duplicates. The variable <c>PAYDOWN_MATCHING_SET</c> may
/// name a further set (JSON).
/// </summary>
public sealed class LabelledSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20_260_401)]
    [InlineData(987_654_321)]
    public void No_match_is_false_and_every_kind_is_found(long seed)
    {
        var score = RandomSet.From(seed).Score();
        score.Kinds.Count.ShouldBe(RandomSet.KindsCount);
        ShouldBeGood(score);
    }

    [Fact]
    public void Many_small_differences_of_chance_make_no_false_match()
    {
        for (var seed = 100; seed < 130; seed++)
            RandomSet.From(seed).Score().False.ShouldBeEmpty();
    }

    [Fact]
    public void A_set_from_elsewhere_is_matched_as_well()
    {
        if (Environment.GetEnvironmentVariable("PAYDOWN_MATCHING_SET") is not { Length: > 0 } file)
            return;
        var json = File.ReadAllText(file);
        var set = MatchingSet.Read(json);
        using var document = JsonDocument.Parse(json);
        var labels = document
            .RootElement.GetProperty("entries")
            .EnumerateArray()
            .Select(entry =>
                (Kind: entry.GetProperty("class").GetString()!, Truth: entry.GetProperty("truth").GetString()!)
            );
        ShouldBeGood(
            new LabelledSet(
                set,
                [.. set.Entries.Zip(labels, (entry, label) => new LabelledEntry(entry, label.Kind, label.Truth))]
            ).Score()
        );
    }

    private static void ShouldBeGood(MatchingScore score)
    {
        score.False.ShouldBeEmpty();
        score.RecallPercent.ShouldBeGreaterThanOrEqualTo(98, string.Join('\n', score.Wrong));
        (50 * score.Wrong.Count).ShouldBeLessThanOrEqualTo(score.All, string.Join('\n', score.Wrong));
    }
}

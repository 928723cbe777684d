using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Paydown.Lending.Tests.Endurance;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Scenarios;

/// <summary>
/// Histories of many kinds: <c>published.jsonl</c>, chosen one by one, and <c>corpus.jsonl.gz</c>, 525 more from the
/// published test tables of Apache Fineract (Apache-2.0; figures only). Each is met to the cent, or
/// <c>differences.tsv</c> lists the difference with our verdict (docs/decisions/0018).
/// </summary>
public sealed class PublishedHistoryTests
{
    private static readonly Dictionary<string, string[]> Listed = Lines("differences.tsv")
        .Select(line => line.Split('\t'))
        .ToDictionary(line => line[0]);

    public static TheoryData<string> Published() => [.. Lines("published.jsonl").Select(IdOf)];

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_history_is_met_to_the_cent_or_listed_with_a_verdict(string id) =>
        ErrorOf(Lines("published.jsonl").Single(line => IdOf(line) == id)).ShouldBeNull();

    [Fact]
    public void Each_history_of_the_corpus_is_met_to_the_cent_or_listed_with_a_verdict()
    {
        var corpus = Unzipped("corpus.jsonl.gz").ToArray();
        var count = LongRun.Count(corpus.Length, corpus.Length);
        var wrong = corpus.Take(count).Select(ErrorOf).Where(error => error is not null).ToArray();
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public void Each_listed_difference_belongs_to_a_history_and_has_a_verdict()
    {
        Listed.Values.ShouldAllBe(line => line.Length == 3 && line[1].Length > 0 && line[2].Length > 0);
        Listed.Keys.ShouldBeSubsetOf(Lines("published.jsonl").Concat(Unzipped("corpus.jsonl.gz")).Select(IdOf));
    }

    private static string? ErrorOf(string history)
    {
        var scenario = Scenario.Read(history);
        var finding = FindingOf(scenario);
        if (!Listed.TryGetValue(scenario.Id, out var line))
            return finding is null ? null : $"{scenario.Id}: {finding}";
        if (finding is null)
            return $"{scenario.Id}: is met; delete it from differences.tsv";
        return IsNotSupported(scenario) == line[1].StartsWith("not supported")
            ? null
            : $"{scenario.Id}: is listed as '{line[1]}', but: {finding}";
    }

    private static string? FindingOf(Scenario scenario) =>
        IsNotSupported(scenario)
            ? $"not supported: {string.Join(", ", scenario.NotSupported)}"
            : ScenarioReplay
                .Run(scenario)
                .SelectMany(check => ScenarioCheck.Differences(check.Step, check.Shown))
                .FirstOrDefault()
                ?.ToString();

    private static string IdOf(string history)
    {
        using var document = JsonDocument.Parse(history);
        return document.RootElement.GetProperty("id").GetString()!;
    }

    private static bool IsNotSupported(Scenario scenario) => scenario.NotSupported.Count > 0;

    private static string[] Lines(string file) => File.ReadAllLines(PathOf(file));

    private static IEnumerable<string> Unzipped(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(PathOf(file)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static string PathOf(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, file);
}

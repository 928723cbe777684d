using System.IO.Compression;
using System.Runtime.CompilerServices;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Scenarios;

/// <summary>
/// Histories of many kinds: <c>published.jsonl</c>, chosen one by one, and <c>corpus.jsonl.gz</c>, 525 more from the
/// published test tables of Apache Fineract (Apache-2.0; figures only). Each is met to the cent, or
/// <c>differences.tsv</c> lists the difference with our verdict (docs/decisions/0018).
/// </summary>
public sealed class PublishedHistoryTests
{
    [Fact]
    public void Each_history_is_met_to_the_cent_or_listed_with_a_verdict()
    {
        var listed = Lines("differences.tsv").Select(line => line.Split('\t')).ToDictionary(line => line[0]);
        listed.Values.ShouldAllBe(line => line.Length == 3 && line[1].Length > 0 && line[2].Length > 0);
        var wrong = new List<string>();
        foreach (var history in Lines("published.jsonl").Concat(Unzipped("corpus.jsonl.gz")))
        {
            var scenario = Scenario.Read(history);
            var finding = FindingOf(scenario);
            var isListed = listed.Remove(scenario.Id, out var line);
            if (finding is null && isListed)
                wrong.Add($"{scenario.Id}: is met; delete it from differences.tsv");
            else if (finding is not null && !isListed)
                wrong.Add($"{scenario.Id}: {finding}");
            else if (finding is not null && IsNotSupported(scenario) != line![1].StartsWith("not supported"))
                wrong.Add($"{scenario.Id}: is listed as '{line[1]}', but: {finding}");
        }

        wrong.AddRange(listed.Keys.Select(id => $"{id}: is listed in differences.tsv, but there is no such history"));
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    private static string? FindingOf(Scenario scenario) =>
        IsNotSupported(scenario)
            ? $"not supported: {string.Join(", ", scenario.NotSupported)}"
            : ScenarioReplay
                .Run(scenario)
                .SelectMany(check => ScenarioCheck.Differences(check.Step, check.Shown))
                .FirstOrDefault()
                ?.ToString();

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

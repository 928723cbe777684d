using System.Runtime.CompilerServices;
using System.Text.Json;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Scenarios;

/// <summary>
/// Published loan histories, one per line. <c>core.jsonl</c> has arithmetic that all systems share,
/// <c>comparison.jsonl</c> that of one open system. The figures come from the published test tables of Apache Fineract
/// (Apache-2.0; figures only); <c>own.jsonl</c> has more of them, chosen for rules that the others do not cover. All
/// must be met to the cent (docs/decisions/0002).
/// </summary>
public sealed class ScenarioTests
{
    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in (string[])["core", "comparison", "own"])
        foreach (var line in Lines(file))
            data.Add(file, JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_books_show_the_expected_figures(string file, string id)
    {
        var line = Lines(file).Single(text => text.Contains($"\"id\":\"{id}\"", StringComparison.Ordinal));
        var differences = ScenarioReplay
            .Run(Scenario.Read(line))
            .SelectMany(check => ScenarioCheck.Differences(check.Step, check.Shown));
        string.Join('\n', differences).ShouldBeEmpty();
    }

    private static string[] Lines(string file, [CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, $"{file}.jsonl"));
}

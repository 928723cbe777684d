using System.Text.Json.Nodes;

namespace Paydown.Server.Commands;

/// <summary>Reports the outcomes of many scenarios: by folder, and the differences by kind.</summary>
internal static class SimulationReport
{
    /// <summary>
    /// Writes the totals. If folders were given, a table of the folders and the kinds of differences come first.
    /// </summary>
    public static void Write(IReadOnlyList<ScenarioOutcome> outcomes, bool hasFolders, TextWriter output)
    {
        if (hasFolders)
        {
            WriteKinds(outcomes, output);
            WriteFolders(outcomes, output);
        }

        var notSupported = Count(outcomes, ScenarioVerdict.NotSupported);
        var suffix = notSupported == 0 ? "" : $", {notSupported} not supported";
        var (passed, failed) = (Count(outcomes, ScenarioVerdict.Passed), Count(outcomes, ScenarioVerdict.Failed));
        output.WriteLine($"{passed} passed, {failed} failed{suffix}");
    }

    /// <summary>Returns the same with every file and its differences.</summary>
    public static JsonObject Json(IReadOnlyList<ScenarioOutcome> outcomes) =>
        new()
        {
            ["passed"] = Count(outcomes, ScenarioVerdict.Passed),
            ["failed"] = Count(outcomes, ScenarioVerdict.Failed),
            ["notSupported"] = Count(outcomes, ScenarioVerdict.NotSupported),
            ["invalid"] = Count(outcomes, ScenarioVerdict.Invalid),
            ["folders"] = new JsonArray([.. Folders(outcomes).Select(FolderJson)]),
            ["differences"] = new JsonArray([.. Kinds(outcomes).Select(kind => Named(kind, "kind"))]),
            ["missing"] = new JsonArray([.. Missing(outcomes).Select(name => Named(name, "name"))]),
            ["files"] = new JsonArray([.. outcomes.Select(FileJson)]),
        };

    private static void WriteKinds(IReadOnlyList<ScenarioOutcome> outcomes, TextWriter output)
    {
        foreach (var (kind, files) in Kinds(outcomes))
            output.WriteLine($"{files, 6}  differ in: {kind}");
        foreach (var (name, files) in Missing(outcomes))
            output.WriteLine($"{files, 6}  not supported: {name}");
    }

    private static void WriteFolders(IReadOnlyList<ScenarioOutcome> outcomes, TextWriter output)
    {
        output.WriteLine("passed  failed  not supported  invalid  folder");
        foreach (var folder in Folders(outcomes))
        {
            var (passed, failed) = (Count(folder, ScenarioVerdict.Passed), Count(folder, ScenarioVerdict.Failed));
            var (missing, bad) = (Count(folder, ScenarioVerdict.NotSupported), Count(folder, ScenarioVerdict.Invalid));
            output.WriteLine($"{passed, 6}  {failed, 6}  {missing, 13}  {bad, 7}  {folder.Key}");
        }
    }

    private static IEnumerable<IGrouping<string, ScenarioOutcome>> Folders(IEnumerable<ScenarioOutcome> outcomes) =>
        outcomes.GroupBy(outcome => ScenarioFiles.FolderOf(outcome.File));

    // The number of files per kind of difference, the most frequent first.
    private static IEnumerable<(string Name, int Files)> Kinds(IEnumerable<ScenarioOutcome> outcomes) =>
        ByName(outcomes.SelectMany(outcome => outcome.Differences.Select(each => each.Kind).Distinct()));

    private static IEnumerable<(string Name, int Files)> Missing(IEnumerable<ScenarioOutcome> outcomes) =>
        ByName(outcomes.SelectMany(outcome => outcome.NotSupported));

    private static IEnumerable<(string Name, int Files)> ByName(IEnumerable<string> names) =>
        names
            .CountBy(name => name)
            .OrderByDescending(each => each.Value)
            .ThenBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => (each.Key, each.Value));

    private static int Count(IEnumerable<ScenarioOutcome> outcomes, ScenarioVerdict verdict) =>
        outcomes.Count(outcome => outcome.Verdict == verdict);

    private static JsonObject FolderJson(IGrouping<string, ScenarioOutcome> folder) =>
        new()
        {
            ["folder"] = folder.Key,
            ["passed"] = Count(folder, ScenarioVerdict.Passed),
            ["failed"] = Count(folder, ScenarioVerdict.Failed),
            ["notSupported"] = Count(folder, ScenarioVerdict.NotSupported),
            ["invalid"] = Count(folder, ScenarioVerdict.Invalid),
        };

    private static JsonObject Named((string Name, int Files) counted, string field) =>
        new() { [field] = counted.Name, ["files"] = counted.Files };

    private static JsonObject FileJson(ScenarioOutcome outcome) =>
        new()
        {
            ["file"] = outcome.File,
            ["id"] = outcome.Id,
            ["verdict"] = outcome.Verdict switch
            {
                ScenarioVerdict.Passed => "passed",
                ScenarioVerdict.Failed => "failed",
                ScenarioVerdict.NotSupported => "notSupported",
                _ => "invalid",
            },
            ["differences"] = new JsonArray([.. outcome.Differences.Select(DifferenceJson)]),
            ["notSupported"] = new JsonArray([.. outcome.NotSupported.Select(name => JsonValue.Create(name))]),
            ["problem"] = outcome.Problem,
        };

    private static JsonObject DifferenceJson(ScenarioDifference difference) =>
        new()
        {
            ["step"] = difference.Step,
            ["place"] = difference.Place,
            ["row"] = difference.Row,
            ["field"] = difference.Field,
            ["expected"] = difference.Expected,
            ["got"] = difference.Got,
        };
}

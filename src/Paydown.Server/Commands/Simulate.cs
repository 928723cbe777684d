using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown simulate PATH… [--check] [--json]</c>: replays loan histories through the fold. Prints what the books
/// show at each check, one JSON document per file; or compares it with what the file says must show.
/// </summary>
public static class Simulate
{
    private const int Differs = 1;
    private const int IsInvalid = 2;
    private const int IsNotSupported = 3;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the exit code says, for the help of the command line.</summary>
    public static string ExitCodes { get; } =
        $"Exit code: 0 all figures agree; {Differs} a figure differs; {IsInvalid} a file is not a scenario; "
        + $"{IsNotSupported} a scenario needs something that is not supported (it is named, and nothing of that file "
        + $"is compared). If several apply: {IsInvalid}, then {Differs}, then {IsNotSupported}.";

    /// <summary>Runs the command.</summary>
    /// <param name="paths">Files; or folders, for all <c>.json</c> files in and below them.</param>
    /// <param name="check">Compare instead of showing the books.</param>
    /// <param name="json">With <paramref name="check"/>: one JSON document instead of lines.</param>
    /// <param name="output">Where the books or the differences go.</param>
    /// <param name="error">Where files are reported that cannot be played.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> paths, bool check, bool json, TextWriter output, TextWriter error)
    {
        var outcomes = new List<ScenarioOutcome>();
        foreach (var file in ScenarioFiles.Find(paths))
        {
            var outcome = Play(file, check ? null : output);
            outcomes.Add(outcome);
            if (outcome.Problem is { } problem)
                error.WriteLine($"{file}: {problem}");
            if (check && json)
                continue;
            foreach (var name in outcome.NotSupported)
                (check ? output : error).WriteLine($"{file}: not supported: {name}");
            foreach (var difference in outcome.Differences)
                output.WriteLine($"{file}, {difference}");
        }

        if (outcomes.Count == 0)
            error.WriteLine($"{string.Join(", ", paths)}: there is no scenario");
        if (check && json)
            output.WriteLine(SimulationReport.Json(outcomes).ToJsonString(Indented));
        else if (check)
            SimulationReport.Write(outcomes, paths.Any(Directory.Exists), output);
        return ExitCodeOf(outcomes);
    }

    private static int ExitCodeOf(List<ScenarioOutcome> outcomes)
    {
        bool Any(ScenarioVerdict verdict) => outcomes.Exists(outcome => outcome.Verdict == verdict);
        return outcomes.Count == 0 || Any(ScenarioVerdict.Invalid) ? IsInvalid
            : Any(ScenarioVerdict.Failed) ? Differs
            : Any(ScenarioVerdict.NotSupported) ? IsNotSupported
            : 0;
    }

    // Shows the books, or without an output compares them.
    private static ScenarioOutcome Play(string file, TextWriter? books)
    {
        var outcome = new ScenarioOutcome(file);
        try
        {
            var scenario = Scenario.Read(File.ReadAllText(file));
            outcome = outcome with { Id = scenario.Id, NotSupported = scenario.NotSupported };
            if (scenario.NotSupported.Count > 0)
                return outcome;
            var checks = ScenarioReplay.Run(scenario);
            if (books is null)
                return outcome with { Differences = DifferencesOf(checks) };
            Show(scenario, checks, books);
            return outcome;
        }
        catch (ScenarioException exception)
        {
            return outcome with { Problem = exception.Message };
        }
        catch (OverflowException)
        {
            return outcome with { Problem = "the loan: its amounts are too large to count" };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return outcome with { Problem = $"cannot be read: {exception.Message}" };
        }
    }

    private static ScenarioDifference[] DifferencesOf(IEnumerable<(ScenarioStep Step, JsonObject Shown)> checks) =>
        [.. checks.SelectMany(check => ScenarioCheck.Differences(check.Step, check.Shown))];

    private static void Show(
        Scenario scenario,
        IReadOnlyList<(ScenarioStep Step, JsonObject Shown)> checks,
        TextWriter books
    )
    {
        var shown = new JsonArray([.. checks.Select(each => each.Shown)]);
        books.WriteLine(new JsonObject { ["id"] = scenario.Id, ["checks"] = shown }.ToJsonString(Indented));
    }
}

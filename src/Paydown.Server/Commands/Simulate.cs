using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown simulate PATH… [--check] [--json]</c>: replays loan scenarios. It prints the books at each check step, as
/// one JSON document per file, or compares them with the figures that the file expects.
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

    /// <summary>The meaning of the exit codes, for the help.</summary>
    public static string ExitCodes { get; } =
        $"0 all figures agree; {Differs} a figure differs; {IsInvalid} a file is not a scenario; "
        + $"{IsNotSupported} a scenario uses a feature that is not supported. Such a feature is named, and its file is "
        + $"not compared. If several apply, the first of {IsInvalid}, {Differs}, {IsNotSupported} counts.";

    /// <summary>Runs the command.</summary>
    /// <param name="paths">Files, or folders for all <c>.json</c> files in and below them.</param>
    /// <param name="check">True to compare the figures instead of printing them.</param>
    /// <param name="json">With <paramref name="check"/>: true to write one JSON document instead of lines.</param>
    /// <param name="output">Receives the books or the differences.</param>
    /// <param name="error">Receives the files that cannot be replayed, with the reasons.</param>
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
            error.WriteLine($"{string.Join(", ", paths)}: no scenario found");
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

    // Prints the books, or compares them if there is no output.
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
            return outcome with { Problem = "the loan: an amount is too large" };
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

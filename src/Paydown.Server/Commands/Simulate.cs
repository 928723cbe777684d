using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown simulate FILE… [--check]</c>: replays published loan histories through the fold. Prints what the books
/// show at each check, one JSON document a file; or compares it with what the file says must show.
/// </summary>
public static class Simulate
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Runs the command.</summary>
    /// <returns>0; 1 where a figure differs; 2 where a file is not a scenario.</returns>
    public static int Run(IReadOnlyList<string> files, bool check, TextWriter output, TextWriter error)
    {
        var (passed, failed, bad) = (0, 0, 0);
        foreach (var file in files)
        {
            try
            {
                var scenario = Scenario.Read(File.ReadAllText(file));
                var checks = ScenarioReplay.Run(scenario);
                if (!check) Print(scenario, checks, output);
                else if (Compare(file, checks, output)) passed++;
                else failed++;
            }
            catch (ScenarioException exception)
            {
                bad++;
                error.WriteLine($"{file}: {exception.Message}");
            }
            catch (OverflowException)
            {
                bad++;
                error.WriteLine($"{file}: the loan: its amounts are too large to count");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                bad++;
                error.WriteLine($"{file}: cannot be read: {exception.Message}");
            }
        }

        if (check) output.WriteLine($"{passed} passed, {failed} failed");
        return bad > 0 ? 2 : failed > 0 ? 1 : 0;
    }

    private static void Print(
        Scenario scenario, IReadOnlyList<(ScenarioStep Step, JsonObject Shown)> checks, TextWriter output)
    {
        var shown = new JsonArray([.. checks.Select(each => each.Shown)]);
        output.WriteLine(new JsonObject { ["id"] = scenario.Id, ["checks"] = shown }.ToJsonString(Indented));
    }

    private static bool Compare(
        string file, IReadOnlyList<(ScenarioStep Step, JsonObject Shown)> checks, TextWriter output)
    {
        var same = true;
        foreach (var (step, shown) in checks)
        {
            foreach (var difference in ScenarioCheck.Differences(step, shown))
            {
                same = false;
                output.WriteLine($"{file}, {difference}");
            }
        }

        return same;
    }
}

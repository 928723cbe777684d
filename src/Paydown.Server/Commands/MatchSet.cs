using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown match FILE</c>: decides about the entries of a labelled set by the rules of the server, without a
/// database. It writes one JSON object, from each entry to its outcome: <c>{"e1":"VERIFY r7"}</c>.
/// </summary>
internal static class MatchSet
{
    private const int IsInvalid = 2;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The meaning of the exit codes, for the help.</summary>
    public static string ExitCodes { get; } =
        $"0 all entries were decided; {IsInvalid} the file is not a labelled set.";

    /// <summary>Runs the command.</summary>
    /// <param name="path">The set.</param>
    /// <param name="reasons">True to write rule, reasons and suggestions of each entry, too.</param>
    /// <param name="output">Receives the outcomes.</param>
    /// <param name="error">Receives what is wrong with the file.</param>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static int Run(string path, bool reasons, TextWriter output, TextWriter error)
    {
        try
        {
            var outcomes = new JsonObject();
            foreach (var decided in MatchingSet.Read(File.ReadAllText(path)).Decide())
                outcomes.Add(decided.EntryId, reasons ? Explained(decided) : decided.Outcome);
            output.WriteLine(outcomes.ToJsonString(Indented));
            return 0;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            error.WriteLine($"{path}: {exception.Message}");
            return IsInvalid;
        }
    }

    private static JsonObject Explained(DecidedEntry decided) =>
        new()
        {
            ["outcome"] = decided.Outcome,
            ["rule"] = decided.Rule is { } rule ? Words.Write(rule) : null,
            ["reasons"] = new JsonArray([.. decided.Reasons.Select(reason => (JsonNode)reason)]),
            ["suggestions"] = new JsonArray([.. decided.Suggestions.Select(suggestion => (JsonNode)suggestion)]),
        };
}

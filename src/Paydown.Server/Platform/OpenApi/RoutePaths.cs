using System.Text.RegularExpressions;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>The parameters in the path of a route, and what their names mean.</summary>
internal static partial class RoutePaths
{
    /// <summary>Returns the names of the parameters, in order.</summary>
    public static IEnumerable<string> ParametersOf(string path) =>
        Parameter().Matches(path).Select(match => match.Groups["name"].Value);

    /// <summary>Returns true if a parameter is a UUID. As in the pipeline, its name then ends in "id".</summary>
    public static bool IsId(string parameter) => parameter.EndsWith("id", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Returns what an id identifies: "loan application" for <c>loan-application-id</c> and <c>loanApplicationId</c>;
    /// for a plain <c>id</c>, the last word of the path before it.
    /// </summary>
    public static string Thing(string path, string parameter)
    {
        var words = WordsOf(parameter);
        if (words == "id")
            return LastPlainPart(path, parameter);
        return IsId(parameter) && words.EndsWith(" id", StringComparison.Ordinal) ? words[..^3] : words;
    }

    // "repayment" for admin/repayments/{id}/verify.
    private static string LastPlainPart(string path, string parameter)
    {
        var before = path[..path.IndexOf($"/{{{parameter}}}", StringComparison.Ordinal)];
        return WordsOf(before[(before.LastIndexOf('/') + 1)..]).TrimEnd('s');
    }

    private static string WordsOf(string text) =>
        string.Join(' ', Word().Matches(text).Select(match => match.Value.ToLowerInvariant()));

    [GeneratedRegex(@"\{(?<name>[^}:?]+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    // A run of letters and digits, split before each capital.
    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}

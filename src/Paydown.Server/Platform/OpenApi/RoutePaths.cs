using System.Text.RegularExpressions;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>What the path of a route tells: its parameters, and a name for its operation.</summary>
internal static partial class RoutePaths
{
    /// <summary>The names of the parameters, in their order.</summary>
    public static IEnumerable<string> ParametersOf(string path) =>
        Parameter().Matches(path).Select(match => match.Groups["name"].Value);

    /// <summary>By the door's rule, what ends in "id" is a UUID.</summary>
    public static bool IsId(string parameter) => parameter.EndsWith("id", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// What an id names: "loan application" for <c>loan-application-id</c> and <c>loanApplicationId</c>.
    /// </summary>
    public static string Thing(string parameter)
    {
        var words = string.Join(' ', Word().Matches(parameter).Select(match => match.Value.ToLowerInvariant()));
        if (words == "id")
            return "thing";
        return IsId(parameter) && words.EndsWith(" id", StringComparison.Ordinal) ? words[..^3] : words;
    }

    /// <summary>
    /// A name that no other operation has: method, words of the path, version; without one, what both versions share.
    /// The same from release to release, because clients are generated from it.
    /// </summary>
    public static string OperationId(string method, string path, string version)
    {
        var words = Word().Matches(path).Select(match => Capitalized(match.Value));
        return method.ToLowerInvariant() + string.Concat(words) + (version is "" ? "" : Capitalized(version));
    }

    private static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    [GeneratedRegex(@"\{(?<name>[^}:?]+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    // A run of letters and digits, split before each capital.
    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}

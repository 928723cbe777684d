using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Paydown.ClientRecords;

/// <summary>The client's enums, written by hand because the document does not explain their values.</summary>
public sealed partial class ClientEnums
{
    private readonly FrozenDictionary<string, string> byWords;

    private ClientEnums(IEnumerable<(string Name, IEnumerable<string> Words)> enums) =>
        byWords = enums.ToFrozenDictionary(one => KeyOf(one.Words), one => one.Name, StringComparer.Ordinal);

    /// <summary>Reads the enums from the client's source, so the client need not compile.</summary>
    public static ClientEnums Read(string clientFolder) =>
        new(
            Directory
                .GetFiles(clientFolder, "*.cs")
                .SelectMany(file => Enum().Matches(File.ReadAllText(file)))
                .Select(found =>
                    (
                        found.Groups["name"].Value,
                        Member()
                            .Matches(found.Groups["body"].Value)
                            .Select(member => member.Groups["name"].Value)
                            .Where(member => member != "Unknown")
                            .Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName)
                    )
                )
        );

    /// <summary>Finds the enum with exactly these values.</summary>
    /// <exception cref="InvalidOperationException">The client has no such enum.</exception>
    public string Get(IReadOnlyCollection<string> words, string place) =>
        byWords.TryGetValue(KeyOf(words), out var name)
            ? name
            : throw new InvalidOperationException(
                $"{place}: add an enum with the values {string.Join(", ", words)} to src/Paydown.Client/Enums.cs."
            );

    private static string KeyOf(IEnumerable<string> words) => string.Join(' ', words.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"public enum (?<name>\w+)\s*\{(?<body>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Enum();

    [GeneratedRegex(@"^\s+(?<name>\w+),", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Member();
}

using System.Text.Json;

namespace Paydown.Lending.Outcomes;

/// <summary>
/// Enumerations as the wire, the database and messages write them: words in capitals, with underscores.
/// </summary>
public static class Words
{
    /// <summary><c>DownPayment</c> becomes <c>DOWN_PAYMENT</c>.</summary>
    public static string Write<T>(T value)
        where T : struct, Enum => Of<T>.ByValue[value];

    /// <exception cref="KeyNotFoundException">The enumeration has no such word.</exception>
    public static T Read<T>(string word)
        where T : struct, Enum => Of<T>.ByWord[word];

    /// <summary>All words of an enumeration, in the order of its values.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => Of<T>.InOrder;

    private static class Of<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(
            pair => pair.Value,
            pair => pair.Key
        );

        public static readonly string[] InOrder = [.. Enum.GetValues<T>().Select(value => ByValue[value])];
    }
}

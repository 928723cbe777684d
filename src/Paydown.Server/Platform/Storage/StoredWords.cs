using System.Text.Json;

namespace Paydown.Server.Platform.Storage;

/// <summary>Enum values in the database and the API: capitals with underscores.</summary>
public static class StoredWords
{
    /// <summary>Writes <c>DownPayment</c> as <c>DOWN_PAYMENT</c>.</summary>
    public static string Write<T>(T value)
        where T : struct, Enum => Words<T>.ByValue[value];

    /// <exception cref="KeyNotFoundException">The enum has no such value.</exception>
    public static T Read<T>(string word)
        where T : struct, Enum => Words<T>.ByWord[word];

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(
            pair => pair.Value,
            pair => pair.Key
        );
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>
/// Reads and writes enums as on the wire (<c>BANK_TRANSFER</c>). A value that a later server adds is read as Unknown.
/// Unknown cannot be sent.
/// </summary>
internal sealed class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Written = Enum.GetValues<T>()
        .ToDictionary(value => value, value => Words.Of(value.ToString()));

    private static readonly Dictionary<string, T> Known = Written.ToDictionary(
        pair => pair.Value,
        pair => pair.Key,
        StringComparer.Ordinal
    );

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Known.GetValueOrDefault(reader.GetString()!)
            : throw new JsonException("The value is not a string.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words.Of(value));
}

/// <summary>The form of enums on the wire.</summary>
internal static class Words
{
    /// <summary>The text of a value; throws for Unknown.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) && !EqualityComparer<T>.Default.Equals(value, default)
            ? Of(value.ToString())
            : throw new ArgumentException($"{typeof(T).Name}.{value} cannot be sent.", nameof(value));

    internal static string Of(string name) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Converts records of the domain to and from the JSON in the database: property names as they are, enums in capitals,
/// amounts in minor units, and each currency with its number of digits.
/// </summary>
public static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new CurrencyConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    public static string Write<T>(T value)
        where T : class => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">The text is not the JSON of such a record.</exception>
    public static T Read<T>(string json)
        where T : class =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"{typeof(T).Name} is stored as null.");

    /// <summary>True if two records are equal, regardless of how their numbers are written.</summary>
    public static bool AreEqual<T>(T one, T other)
        where T : class =>
        JsonElement.DeepEquals(
            JsonSerializer.SerializeToElement(one, Options),
            JsonSerializer.SerializeToElement(other, Options)
        );

    // A currency is stored with its number of digits, so a later version of the currency table changes no agreement.
    private sealed class CurrencyConverter : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString()!;
            return Currency.Of(text[..3], text[4] - '0');
        }

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
            writer.WriteStringValue($"{value.Code}/{value.FractionDigits}");
    }
}

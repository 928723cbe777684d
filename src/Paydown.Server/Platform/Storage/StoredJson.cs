using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Paydown.Lending.Amounts;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Converts records of the domain to and from the JSON in the database: property names as they are, enums in capitals,
/// amounts in minor units, and each currency with its number of digits.
/// </summary>
public static class StoredJson
{
    private const string CurrencyName = "\"currency\":";

    private static readonly JsonSerializerOptions Options = OptionsOf(currency: null);

    private static readonly ConcurrentDictionary<Currency, JsonSerializerOptions> OptionsByCurrency = new();

    public static string Write<T>(T value)
        where T : class => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a record whose amounts are in the currency that it names, if it has any.</summary>
    /// <exception cref="JsonException">The text is not the JSON of such a record.</exception>
    public static T Read<T>(string json)
        where T : class => Read<T>(json, FindCurrency(json));

    /// <summary>Reads a record whose amounts are in a currency that is stored beside it.</summary>
    /// <exception cref="JsonException">The text is not the JSON of such a record.</exception>
    public static T Read<T>(string json, Currency? currency)
        where T : class =>
        JsonSerializer.Deserialize<T>(
            json,
            currency is null ? Options : OptionsByCurrency.GetOrAdd(currency, OptionsOf)
        ) ?? throw new JsonException($"{typeof(T).Name} is stored as null.");

    /// <summary>True if two records are equal, regardless of how their numbers are written.</summary>
    public static bool AreEqual<T>(T one, T other)
        where T : class =>
        JsonElement.DeepEquals(
            JsonSerializer.SerializeToElement(one, Options),
            JsonSerializer.SerializeToElement(other, Options)
        );

    private static JsonSerializerOptions OptionsOf(Currency? currency) =>
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameMinorUnits } },
            Converters =
            {
                new CurrencyConverter(),
                new MoneyConverter(currency),
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper),
            },
        };

    // The name of an amount says that it is stored in minor units.
    private static void NameMinorUnits(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(Money) || property.PropertyType == typeof(Money?))
                property.Name += "Minor";
        }
    }

    // The name and its quotes cannot stand within a text, where quotes are escaped. PostgreSQL may put a space after
    // the colon.
    private static Currency? FindCurrency(string json)
    {
        var at = json.IndexOf(CurrencyName, StringComparison.Ordinal);
        return at < 0 ? null : CurrencyConverter.Parse(json.AsSpan(at + CurrencyName.Length).TrimStart()[1..]);
    }

    private sealed class MoneyConverter(Currency? currency) : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetInt64(), currency ?? throw new JsonException("The currency of the amount is not known."));

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.MinorUnits);
    }

    // A currency is stored with its number of digits, so a later version of the currency table changes no agreement.
    private sealed class CurrencyConverter : JsonConverter<Currency>
    {
        public static Currency Parse(ReadOnlySpan<char> text) => Currency.Of(text[..3].ToString(), text[4] - '0');

        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString());

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
            writer.WriteStringValue($"{value.Code}/{value.FractionDigits}");
    }
}

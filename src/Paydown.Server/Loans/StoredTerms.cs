using System.Text.Json;
using System.Text.Json.Serialization;
using Paydown.Lending;
using Paydown.Lending.Loans;

namespace Paydown.Server.Loans;

/// <summary>
/// The terms of a loan as they stand in the database: JSON with the names of <see cref="LoanTerms"/>.
/// </summary>
public static class StoredTerms
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new CurrencyConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    public static string Write(LoanTerms terms) => JsonSerializer.Serialize(terms, Options);

    /// <exception cref="JsonException">The text is not the JSON of terms.</exception>
    public static LoanTerms Read(string json) =>
        JsonSerializer.Deserialize<LoanTerms>(json, Options)
            ?? throw new JsonException("The terms of a loan cannot be null.");

    // A currency is stored with its digits, so that what was agreed never changes with the table of a later version.
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

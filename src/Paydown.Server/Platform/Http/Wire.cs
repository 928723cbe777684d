using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Paydown.Lending.Amounts;

namespace Paydown.Server.Platform.Http;

/// <summary>The JSON format of values, for all answers, events and stored documents.</summary>
public static class Wire
{
    /// <summary>
    /// Names in camel case, enums in capitals, money as an exact number of major units, instants in UTC with Z.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // Answers are never interpreted as HTML (nosniff), so names are not escaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            NumberHandling = JsonNumberHandling.Strict,
            Converters =
            {
                new MoneyConverter(),
                new InstantConverter(),
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// Writes money as a JSON number in major units without trailing zeros: <c>50000</c>, <c>1250.5</c>, <c>0.01</c>.
    /// </summary>
    public static void WriteMoney(Utf8JsonWriter writer, Money amount)
    {
        Span<byte> text = stackalloc byte[32];
        var length = FormatMoney(text, amount.MinorUnits, amount.Currency.FractionDigits);
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>Formats money like <see cref="WriteMoney"/>.</summary>
    /// <returns>The number of bytes, at most 22.</returns>
    internal static int FormatMoney(Span<byte> text, long minorUnits, int fractionDigits)
    {
        // Unchecked, because the smallest long has no positive counterpart.
        var magnitude = unchecked(minorUnits < 0 ? 0UL - (ulong)minorUnits : (ulong)minorUnits);
        var perMajor = 1UL;
        for (var i = 0; i < fractionDigits; i++)
            perMajor *= 10;
        var (major, fraction) = Math.DivRem(magnitude, perMajor);
        var length = 0;
        if (minorUnits < 0)
            text[length++] = (byte)'-';
        Utf8Formatter.TryFormat(major, text[length..], out var written);
        length += written;
        if (fraction == 0)
            return length;
        text[length++] = (byte)'.';
        while (fraction > 0)
        {
            perMajor /= 10;
            text[length++] = (byte)('0' + fraction / perMajor);
            fraction %= perMajor;
        }

        return length;
    }

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Money is read by FieldReader, which knows its currency.");

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            WriteMoney(writer, value);
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }
}

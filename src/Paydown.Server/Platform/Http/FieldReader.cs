using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// Reads a request's fields from JSON or from a query, and reports all errors at once: 400 if a field is malformed, 422
/// if all are well formed but one breaks a rule.
/// </summary>
public sealed class FieldReader
{
    private const string MustBeSpelledOut =
        "must be sent, because leaving it out would reset it; send null to remove it.";

    // One bit of a ulong marks each field that was sent.
    private const int FieldsMax = 64;

    private readonly List<FieldError> malformed = [];
    private readonly List<FieldError> invalid = [];
    private readonly bool refusesUnknown;

    private FieldReader(bool refusesUnknown) => this.refusesUnknown = refusesUnknown;

    /// <summary>Reads a JSON object.</summary>
    /// <param name="json">The JSON in UTF-8.</param>
    /// <param name="fields">The fields that the object may have.</param>
    /// <param name="refusesUnknown">True to refuse unknown fields at every depth; false to ignore them.</param>
    /// <param name="document">The name of the document in messages.</param>
    public static Result<FieldValues> ReadJson(
        ReadOnlySpan<byte> json,
        IReadOnlyList<Field> fields,
        bool refusesUnknown = false,
        string document = "body"
    )
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
        var fieldReader = new FieldReader(refusesUnknown);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return Refusals.BadRequest($"The {document} must be a JSON object.");
            var values = fieldReader.ReadObject(ref reader, fields, "");
            if (reader.Read())
                return Refusals.BadRequest($"The {document} must be one JSON object and nothing behind it.");
            return fieldReader.Decide(values);
        }
        catch (JsonException e)
        {
            return Refusals.BadRequest(
                $"The {document} is not valid JSON (line {e.LineNumber + 1}, column {ColumnOf(json, e)})."
            );
        }
        catch (InvalidOperationException)
        {
            // The JSON reader throws this for a string that is not valid Unicode.
            return Refusals.BadRequest($"The {document} contains a string that is not valid Unicode text.");
        }
    }

    // In characters, as an editor counts them.
    private static int ColumnOf(ReadOnlySpan<byte> json, JsonException e)
    {
        for (var line = 0L; line < e.LineNumber; line++)
            json = json[(json.IndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetCharCount(json[..(int)Math.Min(e.BytePositionInLine ?? 0, json.Length)]) + 1;
    }

    /// <summary>
    /// Reads query parameters. Unknown ones are refused, because ignoring a misspelt filter would show everything.
    /// </summary>
    public static Result<FieldValues> ReadQuery(IQueryCollection query, IReadOnlyList<Field> fields)
    {
        var fieldReader = new FieldReader(refusesUnknown: true);
        var values = new FieldValues(fields);
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (
                !query.TryGetValue(field.Name, out var texts)
                || texts.Count == 0
                || texts[0] is not { Length: > 0 } text
            )
            {
                if (field.IsRequired)
                    fieldReader.Malformed(field.Name, "is required.");
                continue;
            }

            if (texts.Count > 1)
                fieldReader.Malformed(field.Name, "is given more than once.");
            else
                fieldReader.ReadText(OfQuery(text, field), field, field.Name, values, i);
        }

        // The collection compares names in the same way.
        foreach (var (name, _) in query)
        {
            if (!fields.Any(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                fieldReader.Malformed(Shown(name), NearestName.UnknownParameter(name, fields));
        }

        return fieldReader.Decide(values);
    }

    // In a query, an unescaped + is a space. A date-time has no space, so it must be the sign of the offset.
    private static string OfQuery(string text, Field field) =>
        field.Type == FieldType.Moment ? text.Replace(' ', '+') : text;

    private Result<FieldValues> Decide(FieldValues values)
    {
        if (malformed.Count > 0)
        {
            var all = (IReadOnlyList<FieldError>)[.. malformed, .. invalid];
            return Refusals.BadRequest(string.Join(" ", all.Select(error => $"{error.Field} {error.Message}")), all);
        }

        return invalid.Count > 0 ? Refusals.ValidationFailed(invalid) : values;
    }

    private FieldValues ReadObject(ref Utf8JsonReader reader, IReadOnlyList<Field> fields, string prefix)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fields.Count, FieldsMax);
        var values = new FieldValues(fields);
        var seen = 0UL;
        List<string>? unknown = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(ref reader, fields);
            if (index < 0)
            {
                var name = reader.GetString()!;
                unknown ??= [];
                if (refusesUnknown)
                    Malformed(prefix + Shown(name), NearestName.UnknownField(name, fields));
                else if (unknown.Contains(name))
                    Malformed(prefix + Shown(name), "is given more than once.");
                else if (unknown.Count < 100)
                    unknown.Add(name);
                reader.Read();
                reader.Skip();
                continue;
            }

            reader.Read();
            if ((seen & 1UL << index) != 0)
                Malformed(prefix + fields[index].Name, "is given more than once.");
            seen |= 1UL << index;
            ReadValue(ref reader, fields[index], prefix + fields[index].Name, values, index);
        }

        values.Sent = seen;
        for (var i = 0; i < fields.Count; i++)
        {
            if ((seen & 1UL << i) != 0)
                continue;
            if (fields[i].IsRequired)
                Malformed(prefix + fields[i].Name, "is required.");
            else if (fields[i].IsSpelledOut)
                Invalid(prefix + fields[i].Name, MustBeSpelledOut);
        }

        return values;
    }

    private static int IndexOf(ref Utf8JsonReader reader, IReadOnlyList<Field> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (reader.ValueTextEquals(fields[i].Name))
                return i;
        }

        return -1;
    }

    private void ReadValue(ref Utf8JsonReader reader, Field field, string path, FieldValues values, int index)
    {
        switch (reader.TokenType)
        {
            case var _ when field.Type == FieldType.Fixed:
                values.Set(index, new() { IsPresent = true, Reference = JsonElement.ParseValue(ref reader) });
                return;
            case JsonTokenType.Null when !field.IsRequired:
                return;
            case JsonTokenType.Null:
                Malformed(path, "is required and cannot be null.");
                return;
            case JsonTokenType.Number when field.Type is FieldType.Amount or FieldType.Rate or FieldType.Integer:
                ReadNumber(reader.ValueSpan, field, path, values, index);
                return;
            case JsonTokenType.True or JsonTokenType.False when field.Type == FieldType.Boolean:
                values.Set(index, new() { IsPresent = true, Number = reader.TokenType == JsonTokenType.True ? 1 : 0 });
                return;
            case JsonTokenType.StartObject when field.Type == FieldType.Object:
                values.Set(
                    index,
                    new() { IsPresent = true, Reference = ReadObject(ref reader, field.Members, path + ".") }
                );
                return;
            case JsonTokenType.StartArray when field.Type == FieldType.List:
                ReadList(ref reader, field, path, values, index);
                return;
            case JsonTokenType.StartArray when field.Type == FieldType.Values:
                ReadValues(ref reader, field, path, values, index);
                return;
            case JsonTokenType.String when IsWrittenAsString(field):
                ReadText(reader.GetString()!, field, path, values, index);
                return;
            default:
                Malformed(path, $"must be {Form(field)}.");
                reader.Skip();
                return;
        }
    }

    private void ReadList(ref Utf8JsonReader reader, Field field, string path, FieldValues values, int index)
    {
        var list = new List<FieldValues>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                list.Add(ReadObject(ref reader, field.Members, $"{path}[{list.Count}]."));
            }
            else
            {
                Malformed($"{path}[{list.Count}]", "must be an object.");
                reader.Skip();
            }
        }

        if (list.Count > field.Range.Max)
            Invalid(path, $"must have at most {field.Range.Max} elements.");
        values.Set(index, new() { IsPresent = true, Reference = list });
    }

    private void ReadValues(ref Utf8JsonReader reader, Field field, string path, FieldValues values, int index)
    {
        var list = new List<FieldValues>();
        Field[] element = [field.Element!];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var value = new FieldValues(element);
            ReadValue(ref reader, element[0], $"{path}[{list.Count}]", value, 0);
            list.Add(value);
        }

        if (list.Count > field.Range.Max)
            Invalid(path, $"must have at most {field.Range.Max} elements.");
        values.Set(index, new() { IsPresent = true, Reference = list });
    }

    private void ReadNumber(ReadOnlySpan<byte> text, Field field, string path, FieldValues values, int index)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            // The number is valid JSON but exceeds decimal. The largest decimal makes the rules refuse it.
            number = text[0] == '-' ? decimal.MinValue : decimal.MaxValue;
        }

        var isWithin = field.Type switch
        {
            FieldType.Integer => number == decimal.Truncate(number) && IsInRange(number, field),
            FieldType.Rate => IsInRange(number, field),
            _ => (!field.IsFromZero || number >= 0) && (field.MajorMax is not { } most || number <= most),
        };
        if (!isWithin)
        {
            Invalid(path, $"must be {Form(field)}.");
            return;
        }

        values.Set(index, new() { IsPresent = true, Number = number });
    }

    private static bool IsInRange(decimal number, Field field) =>
        number >= field.Range.Min && number <= field.Range.Max;

    private void ReadText(string text, Field field, string path, FieldValues values, int index)
    {
        var value = new FieldValues.Value { IsPresent = true };
        switch (field.Type)
        {
            case FieldType.Text:
                if (field.IsCleaned)
                    text = PastedText.Clean(text);
                if (!IsAcceptable(text, field, path))
                    return;
                value.Reference = text;
                break;
            case FieldType.OneOf when field.Words.Contains(text):
                value.Reference = text;
                break;
            case FieldType.OneOf:
                Invalid(path, $"must be {Form(field)}.");
                return;
            case FieldType.Id when TryReadId(text, out var id):
                value.Id = id;
                break;
            case FieldType.Date when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date):
                value.Moment = MomentText.OfDate(date);
                break;
            case FieldType.Moment when MomentText.TryRead(text, out var moment):
                value.Moment = moment;
                break;
            case FieldType.Cursor:
                value.Reference = text;
                break;
            // The value is text in a query, or a field that accepts a string of digits.
            case FieldType.Amount when TryReadAmount(text, out var amount):
                value.Number = amount;
                break;
            case FieldType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, null, out var integer):
                if (integer < field.Range.Min || integer > field.Range.Max)
                {
                    Invalid(path, $"must be {Form(field)}.");
                    return;
                }
                value.Number = integer;
                break;
            case FieldType.Boolean when text is "true" or "false":
                value.Number = text == "true" ? 1 : 0;
                break;
            default:
                Malformed(path, $"must be {Form(field)}.");
                return;
        }

        values.Set(index, value);
    }

    private static bool TryReadAmount(string text, out decimal amount) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out amount
        );

    private bool IsAcceptable(string text, Field field, string path)
    {
        if (text.Length < field.Length.Min || LengthOf(text, field.Length.Max) > field.Length.Max)
            Invalid(path, $"must be {Form(field)}.");
        else if (TextCharacters.Refused(text, field.HasLines) is { } refused)
            Invalid(path, $"must not contain control characters (U+{(int)refused:X4}).");
        else if (field.Length.Min > 0 && string.IsNullOrWhiteSpace(text))
            Invalid(path, "must not be blank.");
        else if (
            field.Pattern is { } pattern
            && !Regex.IsMatch(text, pattern.Regex, RegexOptions.None, TimeSpan.FromSeconds(1))
        )
            Invalid(path, $"must be {pattern.Words}.");
        else
            return true;
        return false;
    }

    // Counts characters as JSON Schema does: one beyond the basic multilingual plane counts once, not twice.
    private static int LengthOf(string text, int max) =>
        text.Length <= max ? text.Length : text.EnumerateRunes().Count();

    /// <summary>Reads a UUID: 36 characters, 8-4-4-4-12. .NET's parser would also accept spaces and signs.</summary>
    internal static bool TryReadId(string? text, out Guid id)
    {
        id = default;
        if (text is not { Length: 36 })
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i is not (8 or 13 or 18 or 23) && !char.IsAsciiHexDigit(text[i]))
                return false;
        }

        return Guid.TryParseExact(text, "D", out id);
    }

    private static bool IsWrittenAsString(Field field) =>
        field.TakesDigits
        || field.Type is FieldType.Text or FieldType.OneOf or FieldType.Id or FieldType.Date or FieldType.Moment;

    private static string Form(Field field) =>
        field.Type switch
        {
            FieldType.Text when field.Length.Min == field.Length.Max => $"a string of {field.Length.Max} characters",
            FieldType.Text => $"a string of {field.Length.Min} to {field.Length.Max} characters",
            FieldType.Id => "a UUID",
            FieldType.Amount => "a number in major units"
                + (field.IsFromZero ? ", 0 or more" : "")
                + (field.MajorMax is { } most ? $", at most {most}" : ""),
            FieldType.Rate => $"a number from {field.Range.Min} to {field.Range.Max}",
            FieldType.Integer => $"a whole number from {field.Range.Min} to {field.Range.Max}",
            FieldType.Date => "a date, YYYY-MM-DD",
            FieldType.Moment => "an ISO 8601 date or date-time",
            FieldType.Boolean => "true or false",
            FieldType.OneOf => "one of " + string.Join(", ", field.Words),
            FieldType.Object => "an object",
            FieldType.Values => $"a list, each {Form(field.Element!)}",
            FieldType.Cursor => "a page.next",
            _ => "a list of objects",
        };

    private static string Shown(string name) => name.Length <= 64 ? name : name[..64] + "…";

    private void Malformed(string path, string message) => Add(malformed, path, message);

    private void Invalid(string path, string message) => Add(invalid, path, message);

    private static void Add(List<FieldError> errors, string path, string message)
    {
        if (errors.Count < 100)
            errors.Add(new FieldError(path, message));
    }
}

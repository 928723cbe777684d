using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>
/// Writes JSON Schemas of requests from the same <see cref="Field"/> declarations that <see cref="FieldReader"/>
/// checks.
/// </summary>
internal static class RequestSchemas
{
    private static readonly string TextPattern = $"^[^{TextCharacters.RefusedInLine}]*$";
    private static readonly string NotBlankPattern = $@"^(?=.*\S)[^{TextCharacters.RefusedInLine}]*$";
    private static readonly string LinesPattern = $"^[^{TextCharacters.RefusedInLines}]*$";

    // At least one visible character, because invisible ones are removed before the text is checked.
    private static readonly string SeenPattern = $@"[^\s{TextCharacters.RefusedInLine}\u00AD\u200B-\u200F\u2060\uFEFF]";

    // JSON Schema has no format for a date and a date-time together.
    private const string MomentPattern =
        @"^\d{4}-\d{2}-\d{2}([Tt]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?([Zz]|[+-]\d{2}(:?\d{2})?)?)?$";

    /// <summary>Returns the schema of a body.</summary>
    public static JsonObject OfBody(IReadOnlyList<Field> fields, bool refusesUnknown)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        // Fixed fields need not be sent, so they are not described.
        foreach (var field in fields.Where(field => field.Type != FieldType.Fixed))
        {
            properties.Add(field.Name, OfField(field, isNullable: !field.IsRequired, refusesUnknown));
            if (field.IsRequired || field.IsSpelledOut)
                required.Add(field.Name);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required;
        if (refusesUnknown)
            schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>Returns the OpenAPI description of a query parameter.</summary>
    public static JsonObject OfQuery(Field field)
    {
        var schema = OfType(field, refusesUnknown: true);
        var parameter = new JsonObject
        {
            ["name"] = field.Name,
            ["in"] = "query",
            ["description"] = DescriptionOf(field),
        };
        if (field.IsRequired)
            parameter["required"] = true;
        parameter["schema"] = schema;
        // Swagger UI fills in examples, and a filled-in optional filter would hide records.
        if (field.IsRequired)
            parameter["example"] = ExampleOf(field);
        return parameter;
    }

    /// <summary>
    /// Returns an example body that can be sent unchanged. It omits optional dates, moments and amounts, because a
    /// fixed one would become wrong with time; if they must be sent, it has null.
    /// </summary>
    public static JsonObject ExampleOf(IReadOnlyList<Field> fields)
    {
        var example = new JsonObject();
        foreach (var field in fields)
        {
            if (IsShown(field))
                example.Add(field.Name, ExampleOf(field));
            else if (field.IsSpelledOut)
                example.Add(field.Name, null);
        }

        return example;
    }

    private static bool IsShown(Field field) =>
        field.IsInExamples
        && (
            field.IsRequired
            || (field.IsSpelledOut && field.Example is not null)
            || field.Type is not (FieldType.Date or FieldType.Moment or FieldType.Amount)
        );

    /// <summary>Returns true if a well-formed value can still be refused (422).</summary>
    public static bool HasRule(Field field) =>
        field.IsSpelledOut
        || field.Type switch
        {
            FieldType.Text or FieldType.Integer or FieldType.Rate or FieldType.OneOf => true,
            FieldType.List or FieldType.Values => true,
            FieldType.Amount => field.IsFromZero || field.MajorMax is not null,
            FieldType.Object => field.Members.Any(HasRule),
            _ => false,
        };

    private static JsonObject OfField(Field field, bool isNullable, bool refusesUnknown)
    {
        var schema = OfType(field, refusesUnknown);
        schema["description"] = DescriptionOf(field);
        if (field.IsSecret)
            schema["format"] = "password";
        if (!isNullable)
            return schema;
        schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        if (schema["enum"] is JsonArray words)
            words.Add(null);
        return schema;
    }

    private static JsonObject OfType(Field field, bool refusesUnknown) =>
        field.Type switch
        {
            FieldType.Text => new()
            {
                ["type"] = "string",
                ["minLength"] = field.Length.Min,
                ["maxLength"] = field.Length.Max,
                ["pattern"] = PatternOf(field),
            },
            FieldType.Id => new() { ["type"] = "string", ["format"] = "uuid" },
            FieldType.Cursor => new() { ["type"] = "string", ["minLength"] = 1 },
            FieldType.Amount => OfAmount(field),
            FieldType.Rate or FieldType.Integer => new()
            {
                ["type"] = field.Type == FieldType.Rate ? "number" : "integer",
                ["minimum"] = field.Range.Min,
                ["maximum"] = field.Range.Max,
            },
            FieldType.Date => new() { ["type"] = "string", ["format"] = "date" },
            FieldType.Moment => new() { ["type"] = "string", ["pattern"] = MomentPattern },
            FieldType.Boolean => new() { ["type"] = "boolean" },
            FieldType.OneOf => new() { ["type"] = "string", ["enum"] = new JsonArray([.. field.Words]) },
            FieldType.Object => OfBody(field.Members, refusesUnknown),
            FieldType.List => new()
            {
                ["type"] = "array",
                ["maxItems"] = field.Range.Max,
                ["items"] = OfBody(field.Members, refusesUnknown),
            },
            FieldType.Values => new()
            {
                ["type"] = "array",
                ["maxItems"] = field.Range.Max,
                ["items"] = OfType(field.Element!, refusesUnknown),
            },
            _ => throw new InvalidOperationException($"{field.Type} has no schema yet."),
        };

    private static JsonObject OfAmount(Field field)
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (field.IsFromZero)
            schema["minimum"] = 0;
        if (field.MajorMax is { } most)
            schema["maximum"] = most;
        return schema;
    }

    private static string DescriptionOf(Field field) =>
        field.Type == FieldType.Moment
            ? $"{field.Description} A date or a date-time; without an offset, the organisation's local time."
            : field.Description;

    private static string PatternOf(Field field) =>
        field.IsCleaned
            ? SeenPattern
            : field.Pattern?.Regex
                ?? (
                    field.HasLines ? LinesPattern
                    : field.Length.Min > 0 ? NotBlankPattern
                    : TextPattern
                );

    private static JsonNode? ExampleOf(Field field)
    {
        if (field.Example is { } example)
            return JsonSerializer.SerializeToNode(example, example.GetType(), Wire.Options);
        return field.Type switch
        {
            FieldType.Text => field.Pattern is null
                ? new string('a', Math.Clamp(3, field.Length.Min, Math.Max(field.Length.Max, 1)))
                : throw new InvalidOperationException($"The field {field.Name} has a pattern and needs an example."),
            FieldType.Id => ExampleIds.Of(field.Name),
            FieldType.Amount => 1250.5m,
            FieldType.Cursor => "AcXbQ0kv2nQgAAAAAgAAACoAAAABAZV60nwAcACAAAAAAAAA",
            FieldType.Rate => Math.Clamp(24m, field.Range.Min, field.Range.Max),
            FieldType.Integer => Math.Max(field.Range.Min, 1),
            FieldType.Date => "2026-11-21",
            FieldType.Moment => "2026-11-21T09:30:00Z",
            FieldType.Boolean => true,
            FieldType.OneOf => field.Words[0],
            FieldType.Object => ExampleOf(field.Members),
            FieldType.Values => new JsonArray(ExampleOf(field.Element!)),
            _ => new JsonArray(ExampleOf(field.Members)),
        };
    }
}

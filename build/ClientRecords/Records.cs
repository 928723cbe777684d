using System.Text.Json.Nodes;

namespace Paydown.ClientRecords;

/// <summary>Makes the client's records from the document: its components and the bodies of its requests.</summary>
public sealed class Records(JsonObject document, ClientEnums enums)
{
    private readonly SortedDictionary<string, Record> records = new(StringComparer.Ordinal);

    /// <summary>The source of all records, by file name.</summary>
    public IReadOnlyDictionary<string, string> Write()
    {
        foreach (var (component, schema) in document["components"]!["schemas"]!.AsObject())
        {
            if (!Names.NotGenerated.Contains(component))
                Add(Names.OfComponent(component), schema!.AsObject());
        }

        foreach (var operation in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()))
        {
            var id = operation.Value?["operationId"]?.GetValue<string>() ?? "";
            if (Names.Requests.TryGetValue(id, out var name))
                Add(name, BodyOf(operation.Value!));
        }

        foreach (var (derived, origin) in Names.Bases)
        {
            var inherited = records[origin].Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
            var record = records[derived];
            records[derived] = record with
            {
                Fields = [.. record.Fields.Where(field => !inherited.Contains(field.Name))],
            };
        }

        return records.Values.ToDictionary(record => record.Name + ".cs", RecordSource.Write, StringComparer.Ordinal);
    }

    private static JsonObject BodyOf(JsonNode operation) =>
        operation["requestBody"]!["content"]!["application/json"]!["schema"]!.AsObject();

    private void Add(string name, JsonObject schema)
    {
        var required = RequiredOf(schema);
        var fields = schema["properties"]!
            .AsObject()
            .Where(field => !Names.NotSent.Contains(field.Key))
            .Select(field => FieldOf(name, field.Key, field.Value!.AsObject(), required.Contains(field.Key)));
        records.Add(name, new(name, TextOf(schema, Names.SummaryOf(name)), [.. fields]));
    }

    private Field FieldOf(string record, string name, JsonObject schema, bool isRequired)
    {
        var type = TypeOf($"{record}.{name}", schema);
        var isNullable = IsNullable(schema) || !isRequired;
        // A field with one value is that value, unless it may be left out.
        var constant = !isNullable && WordsOf(schema) is [var only] ? only : null;
        return new(name, type, isNullable, isRequired, TextOf(schema, $"The field {name}."), constant);
    }

    private string TypeOf(string place, JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray either)
            return TypeOf(place, either.Single(one => one!["type"]?.ToString() != "null")!.AsObject());
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            return Names.OfComponent(reference.Split('/')[^1]);
        if (Names.EnumAt(place) is { } named)
            return KindOf(schema) == "array" ? $"IReadOnlyList<{named}>" : named;
        // Scopes and types of events are no names in C#; ApiScopes and EventTypes list them.
        if (WordsOf(schema) is { Count: > 1 } words && !words.Exists(word => word.Contains(':') || word.Contains('.')))
            return enums.Get(words, place);
        return KindOf(schema) switch
        {
            null => "JsonElement",
            "array" => $"IReadOnlyList<{TypeOf(place, schema["items"]!.AsObject())}>",
            "boolean" => "bool",
            "integer" => schema["format"]?.ToString() == "int64" ? "long" : "int",
            "number" => "decimal",
            "object" when schema["additionalProperties"] is JsonObject values =>
                $"IReadOnlyDictionary<string, {TypeOf(place, values)}>",
            "object" => PartOf(place, schema),
            "string" => TypeOfString(schema),
            var kind => throw new InvalidOperationException($"{place}: no type in C# for {kind}."),
        };
    }

    private static string TypeOfString(JsonObject schema) =>
        schema["format"]?.ToString() switch
        {
            "uuid" => "Guid",
            "date" => "DateOnly",
            "date-time" => "DateTimeOffset",
            // A date or a date-time: the client sends dates.
            _ when schema["pattern"]?.ToString().StartsWith(@"^\d{4}-\d{2}-\d{2}", StringComparison.Ordinal) ?? false =>
                "DateOnly",
            _ => "string",
        };

    // An object inside a body. If a response has the same fields, both are one record: it can be read and sent back.
    private string PartOf(string place, JsonObject schema)
    {
        var names = schema["properties"]!.AsObject().Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        var same = records.Values.FirstOrDefault(record => names.SetEquals(record.Fields.Select(field => field.Name)));
        if (same is null)
        {
            var name = Names.Parts.TryGetValue(place, out var named)
                ? named
                : throw new InvalidOperationException($"{place}: name the object in Names.Parts.");
            Add(name, schema);
            return name;
        }

        var required = RequiredOf(schema);
        // Objects in it may relax their records too; a dictionary has no record.
        foreach (var field in same.Fields.Where(field => !field.Type.Contains("Dictionary")))
            TypeOf($"{same.Name}.{field.Name}", schema["properties"]![field.Name]!.AsObject());
        records[same.Name] = same with
        {
            Fields =
            [
                .. same.Fields.Select(field =>
                    required.Contains(field.Name)
                        ? field
                        : field with
                        {
                            IsNullable = true,
                            IsRequired = false,
                            Description = TextOf(
                                schema["properties"]![field.Name]!.AsObject(),
                                otherwise: field.Description
                            ),
                        }
                ),
            ],
        };
        return same.Name;
    }

    private static HashSet<string> RequiredOf(JsonObject schema) =>
        [.. (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>())];

    private static List<string>? WordsOf(JsonObject schema) =>
        schema["enum"]?.AsArray().OfType<JsonValue>().Select(word => word.GetValue<string>()).ToList();

    private static string? KindOf(JsonObject schema) =>
        schema["type"] switch
        {
            JsonArray kinds => kinds.Select(kind => kind!.GetValue<string>()).Single(kind => kind != "null"),
            JsonValue kind => kind.GetValue<string>(),
            _ => null,
        };

    private static bool IsNullable(JsonObject schema) =>
        schema["type"] is JsonArray
        || (schema["anyOf"]?.AsArray().Any(one => one!["type"]?.ToString() == "null") ?? false);

    // What is absent in JSON is null in C#.
    private static string TextOf(JsonObject schema, string otherwise) =>
        (schema["description"]?.GetValue<string>() ?? otherwise)
            .Replace("Absent", "Null", StringComparison.Ordinal)
            .Replace("absent", "null", StringComparison.Ordinal);
}

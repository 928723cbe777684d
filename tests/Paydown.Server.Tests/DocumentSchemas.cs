using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Paydown.Server.Tests;

/// <summary>
/// Validates JSON against the schemas of the OpenAPI document. It supports the keywords of JSON Schema that the
/// document uses and throws at any other, so none is silently ignored.
/// </summary>
internal sealed class DocumentSchemas(JsonObject document)
{
    private static readonly string[] Remarks = ["description", "example", "examples", "title"];

    /// <summary>
    /// Returns the breaches of a response: against the schema of its status and the error codes of its operation.
    /// </summary>
    public IReadOnlyList<string> BreachesOfAnswer(JsonNode operation, int status, JsonNode? body)
    {
        var id = operation["operationId"];
        if (operation["responses"]![$"{status}"] is not { } answer)
            return [$"{id} does not list status {status}"];
        var content = Resolve(answer)["content"]!["application/json"]!;
        var breaches = Breaches(content["schema"]!, body);
        if (status == 200 || body?["code"]?.ToString() is not { } code)
            return breaches;
        var listed = operation["x-error-codes"]?.AsArray().Select(one => one!.ToString()) ?? [];
        return listed.Append(content["example"]!["code"]!.ToString()).Contains(code)
            ? breaches
            : [.. breaches, $"{id} does not list {code}"];
    }

    /// <summary>Returns the breaches of a value against a schema.</summary>
    public IReadOnlyList<string> Breaches(JsonNode schema, JsonNode? value)
    {
        var breaches = new List<string>();
        Check(schema.AsObject(), value, "$", breaches);
        return breaches;
    }

    /// <summary>Returns a part of the document, or the part that it refers to.</summary>
    public JsonNode Resolve(JsonNode part)
    {
        if (part["$ref"] is not { } reference)
            return part;
        JsonNode target = document;
        foreach (var step in reference.ToString()[2..].Split('/'))
            target = target[step] ?? throw new InvalidOperationException($"{reference} is not in the document.");
        return target;
    }

    private void Check(JsonObject schema, JsonNode? value, string at, List<string> breaches)
    {
        foreach (var (word, rule) in schema)
        {
            if (Remarks.Contains(word) || Holds(word, rule!, schema, value, at, breaches))
                continue;
            breaches.Add($"{at} is {value?.ToJsonString() ?? "null"}, against {word}: {rule!.ToJsonString()}");
        }
    }

    private bool Holds(string word, JsonNode rule, JsonObject schema, JsonNode? value, string at, List<string> breaches)
    {
        switch (word)
        {
            case "$ref":
                Check(Resolve(schema).AsObject(), value, at, breaches);
                return true;
            case "allOf":
                foreach (var one in rule.AsArray())
                    Check(one!.AsObject(), value, at, breaches);
                return true;
            case "properties" when value is JsonObject members:
                foreach (var (name, member) in rule.AsObject())
                {
                    if (members.TryGetPropertyValue(name, out var child))
                        Check(member!.AsObject(), child, $"{at}.{name}", breaches);
                }

                return true;
            case "additionalProperties" when value is JsonObject members && rule is JsonValue:
                return rule.GetValue<bool>()
                    || members.All(one => schema["properties"]!.AsObject().ContainsKey(one.Key));
            case "additionalProperties" when value is JsonObject members:
                foreach (var (name, child) in members)
                    Check(rule.AsObject(), child, $"{at}.{name}", breaches);
                return true;
            case "items" when value is JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                    Check(rule.AsObject(), elements[i], $"{at}[{i}]", breaches);
                return true;
            default:
                return HoldsByItself(word, rule, value);
        }
    }

    private bool HoldsByItself(string word, JsonNode rule, JsonNode? value) =>
        word switch
        {
            "anyOf" => rule.AsArray().Any(one => Breaches(one!, value).Count == 0),
            "type" => rule is JsonArray types
                ? types.Any(type => IsOfType(type!.ToString(), value))
                : IsOfType(rule.ToString(), value),
            "enum" => rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)),
            "const" => JsonNode.DeepEquals(rule, value),
            "required" => value is not JsonObject members
                || rule.AsArray().All(name => members.ContainsKey(name!.ToString())),
            "format" => !IsText(value) || HasFormat(rule.ToString(), value!.ToString()),
            "pattern" => !IsText(value)
                || Regex.IsMatch(value!.ToString(), rule.ToString(), RegexOptions.None, TimeSpan.FromSeconds(1)),
            "minLength" => !IsText(value) || value!.ToString().Length >= Number(rule),
            "maxLength" => !IsText(value) || value!.ToString().Length <= Number(rule),
            "minimum" => !IsOfType("number", value) || Number(value!) >= Number(rule),
            "maximum" => !IsOfType("number", value) || Number(value!) <= Number(rule),
            "maxItems" => value is not JsonArray elements || elements.Count <= Number(rule),
            "minItems" => value is not JsonArray elements || elements.Count >= Number(rule),
            "uniqueItems" => value is not JsonArray elements
                || elements.Select(element => element?.ToJsonString()).Distinct().Count() == elements.Count,
            "properties" or "additionalProperties" or "items" => true,
            // A hint for user interfaces: hide the value.
            "password" => true,
            _ => throw new NotSupportedException($"DocumentSchemas does not support the keyword {word}."),
        };

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;

    private static bool IsOfType(string type, JsonNode? value) =>
        (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
            ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("integer", JsonValueKind.Number) => Number(value!) % 1 == 0,
            _ => false,
        };

    private static decimal Number(JsonNode value) =>
        decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool HasFormat(string format, string text) =>
        format switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _) && !text.Any(char.IsUpper),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            "date-time" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            // A hint for user interfaces: hide the value.
            "password" => true,
            _ => throw new NotSupportedException($"DocumentSchemas does not support the format {format}."),
        };
}

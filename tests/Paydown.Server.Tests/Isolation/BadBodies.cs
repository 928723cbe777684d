using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Paydown.Server.Tests.Isolation;

/// <summary>Makes wrong bodies from a right one.</summary>
internal static class BadBodies
{
    // Values of every JSON type. For a field, the values of its own type are left out.
    private static readonly (string Type, string Json)[] Values =
    [
        ("string", "\"text\""),
        ("number", "12.5"),
        ("boolean", "true"),
        ("object", "{}"),
        ("array", "[]"),
        ("array", "[1]"),
    ];

    private static readonly string[] Numbers =
    [
        "1e400",
        "-1e400",
        "-0",
        "-0.0",
        "0.001",
        "1.005",
        "92233720368547758.08",
        "92233720368547758.07",
        "9223372036854775808",
        "-9223372036854775809",
        "1e18",
        "1e-400",
        new string('9', 400),
    ];

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private static readonly string[] Texts =
    [
        "\"\\u0000\"",
        "\"a\\u0007b\"",
        "\"line\\nbreak\"",
        "\"\\u009f\"",
        $"\"{new string('x', 25_000)}\"",
        "\"\"",
        "\"   \"",
    ];

    /// <summary>Bodies that are not one JSON object.</summary>
    public static IEnumerable<string> Malformed(JsonObject right)
    {
        var json = right.ToJsonString();
        yield return json[..(json.Length / 2)];
        yield return json[..^1];
        yield return "null";
        yield return "[]";
        yield return "\"text\"";
        yield return "1";
        yield return json + json;
        yield return json + "x";
        yield return "\uFEFF{";
        yield return "{'a':1}";
        yield return "{\"a\":01}";
        yield return "{\"a\":NaN}";
        yield return "{\"a\":\"\\ud800\",\"a\":1}";
        yield return "{\"a\":" + new string('[', 100) + new string(']', 100) + "}";
    }

    /// <summary>Bodies with one field of each wrong type, null or absent although required, or twice.</summary>
    public static IEnumerable<string> WrongFields(JsonObject schema, JsonObject right)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(name => name!.ToString()).ToList();
        foreach (var (name, field) in schema["properties"]!.AsObject())
        {
            var types = TypesOf(field!);
            foreach (var (type, json) in Values)
            {
                if (!types.Contains(type) && !(type == "number" && types.Contains("integer")))
                    yield return With(right, name, json);
            }

            var once = $"\"{name}\":{Json(right[name])},";
            yield return $"{{{(right.ContainsKey(name) ? once : once + once)}{right.ToJsonString()[1..]}";
            // A missing field that must be sent but may be null has another error message.
            if (!required.Contains(name) || types.Contains("null"))
                continue;
            yield return With(right, name, "null");
            yield return Without(right, name);
        }

        yield return $"{{\"unknown\":1,\"unknown\":1,{right.ToJsonString()[1..]}";
    }

    /// <summary>Bodies with one required number out of range, or one required text with forbidden characters.</summary>
    public static IEnumerable<string> BeyondMeasure(JsonObject schema, JsonObject right)
    {
        foreach (var (name, field) in schema["properties"]!.AsObject())
        {
            var types = TypesOf(field!);
            if (types.Contains("number") || types.Contains("integer"))
            {
                foreach (var number in Numbers.Where(number => !IsAllowed(field!, number)))
                    yield return With(right, name, number);
            }

            var isFreeText = types.Contains("string") && field!["minLength"] is not null;
            foreach (var text in isFreeText ? Texts : [])
            {
                // Some texts may have several lines, or are cleaned before they are checked. Their pattern in the
                // document shows it.
                var plain = JsonNode.Parse(text)!.ToString();
                if (
                    plain.Length <= (int)field!["maxLength"]!
                    && plain.Any(char.IsControl)
                    && Regex.IsMatch(plain, field["pattern"]!.ToString(), RegexOptions.None, OneSecond)
                )
                    continue;
                // An optional text may be empty or blank.
                if (text.Trim('"').Trim().Length > 0 || (int)field!["minLength"]! > 0)
                    yield return With(right, name, text);
            }
        }
    }

    // Returns true if a number is within the limits of the document, or is 0 and 0 is its minimum.
    private static bool IsAllowed(JsonNode field, string number)
    {
        if (field["minimum"] is not { } least)
            return false;
        var value = double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        if (field["maximum"] is not { } most)
            return value == 0 && (double)least == 0;
        var isWhole = TypesOf(field).Contains("integer");
        return value >= (double)least && value <= (double)most && (!isWhole || value == Math.Floor(value));
    }

    private static IReadOnlyList<string> TypesOf(JsonNode field) =>
        field["type"] is JsonArray types ? [.. types.Select(type => type!.ToString())] : [field["type"]!.ToString()];

    // Replaces the field, or adds it at the end if the example omits it.
    private static string With(JsonObject right, string name, string json) =>
        "{"
        + string.Join(
            ',',
            right
                .Select(field => $"\"{field.Key}\":{(field.Key == name ? json : Json(field.Value))}")
                .Concat(right.ContainsKey(name) ? [] : [$"\"{name}\":{json}"])
        )
        + "}";

    private static string Without(JsonObject right, string name) =>
        "{"
        + string.Join(
            ',',
            right.Where(field => field.Key != name).Select(field => $"\"{field.Key}\":{Json(field.Value)}")
        )
        + "}";

    private static string Json(JsonNode? value) => value?.ToJsonString() ?? "null";
}

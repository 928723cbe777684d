using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paydown.Server.Commands;

/// <summary>Compares what must show with what does; only the fields given are compared.</summary>
internal static class ScenarioCheck
{
    /// <summary>What is compared row by row.</summary>
    public static IReadOnlyList<string> Lists { get; } = ["schedule", "transactions"];

    /// <summary>The differences, one line each: step, row, field, expected, got.</summary>
    public static IEnumerable<string> Differences(ScenarioStep step, JsonObject shown)
    {
        foreach (var property in step.Expected.EnumerateObject())
        {
            if (property.Name == "op") continue;
            var place = $"step {step.Index}";
            var differences = Lists.Contains(property.Name) && property.Value.ValueKind == JsonValueKind.Array
                ? Rows(property.Value, (JsonArray)shown[property.Name]!, $"{place}, {property.Name}")
                : property.Value.ValueKind == JsonValueKind.Object
                    ? Fields(property.Value, shown[property.Name] as JsonObject, $"{place}, row {property.Name}")
                    : Value(property.Value, shown[property.Name], $"{place}, row -, field {property.Name}");
            foreach (var difference in differences) yield return difference;
        }
    }

    private static IEnumerable<string> Rows(JsonElement expected, JsonArray shown, string place)
    {
        var wanted = expected.EnumerateArray().ToArray();

        // Tables that show the installments only leave the disbursement out.
        var rows = wanted.Any(IsDisbursementRow) ? [.. shown] : shown.Where(row => !IsDisbursementRow(row!)).ToArray();
        if (rows.Length != wanted.Length)
            yield return $"{place}, row -, field count: expected {wanted.Length}, got {rows.Length}";
        for (var i = 0; i < Math.Min(wanted.Length, rows.Length); i++)
            foreach (var difference in Fields(wanted[i], rows[i] as JsonObject, $"{place}, row {i + 1}"))
                yield return difference;
    }

    private static IEnumerable<string> Fields(JsonElement expected, JsonObject? shown, string place)
    {
        foreach (var property in expected.EnumerateObject())
            foreach (var difference in Value(property.Value, shown?[property.Name], $"{place}, field {property.Name}"))
                yield return difference;
    }

    private static IEnumerable<string> Value(JsonElement expected, JsonNode? shown, string place)
    {
        if (AreEqual(expected, shown)) yield break;
        yield return $"{place}: expected {expected.GetRawText()}, got {shown?.ToJsonString() ?? "null"}";
    }

    private static bool AreEqual(JsonElement expected, JsonNode? shown)
    {
        if (shown is not JsonValue value) return expected.ValueKind == JsonValueKind.Null;
        return expected.ValueKind switch
        {
            JsonValueKind.Number => decimal.TryParse(value.ToJsonString(), out var got)
                && expected.TryGetDecimal(out var wanted) && wanted == got,
            JsonValueKind.String => value.TryGetValue<string>(out var text) && text == expected.GetString(),
            JsonValueKind.True or JsonValueKind.False => value.TryGetValue<bool>(out var flag)
                && flag == expected.GetBoolean(),
            _ => false,
        };
    }

    private static bool IsDisbursementRow(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty("number", out var number)
            && number.ValueKind == JsonValueKind.Null;

    private static bool IsDisbursementRow(JsonNode row) =>
        row is JsonObject fields && fields.TryGetPropertyValue("number", out var number) && number is null;
}

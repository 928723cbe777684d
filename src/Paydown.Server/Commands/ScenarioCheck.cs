using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paydown.Server.Commands;

/// <summary>
/// Compares the expected figures with the books. Only the given fields are compared. Rows of the schedule are matched
/// by number, disbursements by date and amount. Charges, and transactions of one day, may be in any order.
/// </summary>
internal static class ScenarioCheck
{
    private const string None = "none";

    /// <summary>The lists that are compared row by row.</summary>
    public static IReadOnlyList<string> Lists { get; } = ["schedule", "transactions", "charges"];

    /// <summary>The differences, in the order of the fields of the check.</summary>
    public static IEnumerable<ScenarioDifference> Differences(ScenarioStep step, JsonObject shown) =>
        step
            .Expected.EnumerateObject()
            .Where(property => property.Name != "op")
            .SelectMany(property => Differences(step.Index, property, shown[property.Name]));

    private static IEnumerable<ScenarioDifference> Differences(int step, JsonProperty expected, JsonNode? shown)
    {
        if (expected.Value.ValueKind == JsonValueKind.Array && shown is JsonArray rows)
        {
            var wanted = expected.Value.EnumerateArray().ToArray();
            return expected.Name switch
            {
                "schedule" => Schedule(step, wanted, rows),
                "transactions" => Transactions(step, wanted, rows),
                _ => AnyOrder(new Place(step, expected.Name, null), wanted, [.. rows], "row"),
            };
        }

        return expected.Value.ValueKind == JsonValueKind.Object
            ? Fields(new Place(step, null, expected.Name), expected.Value, shown)
            : Value(new Place(step, null, null), expected.Name, expected.Value, shown);
    }

    private static IEnumerable<ScenarioDifference> Schedule(int step, JsonElement[] wanted, JsonArray shown)
    {
        var place = new Place(step, "schedule", null);
        var disbursements = wanted.Where(IsDisbursement).ToArray();

        // Some tables show only the installments, without the disbursements.
        if (disbursements.Length > 0)
        {
            var rows = shown.Where(row => row!["number"] is null).ToList();
            foreach (var difference in Disbursements(place, disbursements, rows))
                yield return difference;
        }

        var installments = shown.Where(row => row!["number"] is not null).ToList();
        foreach (var row in wanted.Where(row => !IsDisbursement(row)))
        {
            var number = row.GetProperty("number").GetRawText();
            var at = installments.FindIndex(each => each!["number"]!.ToJsonString() == number);
            var inRow = place with { Row = number };
            if (at < 0)
            {
                yield return inRow.Differs("row", "a row", None);
                continue;
            }

            foreach (var difference in Fields(inRow, row, installments[at]))
                yield return difference;
            installments.RemoveAt(at);
        }

        foreach (var row in installments)
            yield return (place with { Row = row!["number"]!.ToJsonString() }).Differs("row", None, "a row");
    }

    private static IEnumerable<ScenarioDifference> Disbursements(
        Place place,
        JsonElement[] wanted,
        List<JsonNode?> shown
    )
    {
        foreach (var row in wanted)
        {
            var inRow = place with { Row = TextOf(row, "dueDate") };
            var at = shown.FindIndex(each => AreEqual(row, each, "dueDate") && AreEqual(row, each, "balance"));
            if (at < 0)
            {
                yield return inRow.Differs("disbursement", TextOf(row, "balance"), None);
                continue;
            }

            foreach (var difference in Fields(inRow, row, shown[at]))
                yield return difference;
            shown.RemoveAt(at);
        }

        foreach (var row in shown)
            yield return (place with { Row = row!["dueDate"]!.GetValue<string>() }).Differs(
                "disbursement",
                None,
                row["balance"]!.ToJsonString()
            );
    }

    private static IEnumerable<ScenarioDifference> Transactions(int step, JsonElement[] wanted, JsonArray shown)
    {
        var place = new Place(step, "transactions", null);
        if (!wanted.All(row => row.TryGetProperty("date", out _)))
            return AnyOrder(place, wanted, [.. shown], null);
        var rows = shown.ToLookup(row => row!["date"]!.GetValue<string>());
        return wanted
            .Select(DateOf)
            .Concat(rows.Select(day => day.Key))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .SelectMany(day =>
                AnyOrder(place with { Row = day }, [.. wanted.Where(row => DateOf(row) == day)], [.. rows[day]], null)
            )
            .Concat(OutOfOrder(place, wanted));
    }

    private static IEnumerable<ScenarioDifference> OutOfOrder(Place place, JsonElement[] wanted)
    {
        for (var i = 1; i < wanted.Length; i++)
            if (string.CompareOrdinal(DateOf(wanted[i]), DateOf(wanted[i - 1])) < 0)
                yield return (place with { Row = DateOf(wanted[i]) }).Differs(
                    "order",
                    $"after {DateOf(wanted[i - 1])}",
                    "in order of days"
                );
    }

    // First pairs equal rows, then rows of the same type with different fields. The rest have no partner.
    private static IEnumerable<ScenarioDifference> AnyOrder(
        Place place,
        JsonElement[] wanted,
        List<JsonNode?> shown,
        string? kind
    )
    {
        var left = new List<JsonElement>();
        foreach (var row in wanted)
        {
            var at = shown.FindIndex(each => !Fields(place, row, each).Any());
            if (at < 0)
                left.Add(row);
            else
                shown.RemoveAt(at);
        }

        foreach (var row in left)
        {
            var at = shown.FindIndex(each => kind is not null || AreEqual(row, each, "type"));
            if (at < 0)
            {
                yield return place.Differs(kind ?? TextOf(row, "type"), TextOf(row, AmountField(kind)), None);
                continue;
            }

            var type = kind ?? TextOf(row, "type");
            foreach (var difference in Fields(place, row, shown[at]))
                yield return difference with
                {
                    Field = $"{type} {difference.Field}",
                };
            shown.RemoveAt(at);
        }

        foreach (var row in shown)
            yield return place.Differs(
                kind ?? row!["type"]!.GetValue<string>(),
                None,
                row![AmountField(kind)]!.ToJsonString()
            );
    }

    private static string AmountField(string? kind) => kind is null ? "amount" : "due";

    private static IEnumerable<ScenarioDifference> Fields(Place place, JsonElement expected, JsonNode? shown) =>
        expected
            .EnumerateObject()
            .SelectMany(property => Value(place, property.Name, property.Value, (shown as JsonObject)?[property.Name]));

    private static IEnumerable<ScenarioDifference> Value(
        Place place,
        string field,
        JsonElement expected,
        JsonNode? shown
    )
    {
        if (!AreEqual(expected, shown))
            yield return place.Differs(field, expected.GetRawText(), shown?.ToJsonString() ?? "null");
    }

    private static bool AreEqual(JsonElement row, JsonNode? shown, string field) =>
        !row.TryGetProperty(field, out var expected) || AreEqual(expected, shown![field]);

    private static bool AreEqual(JsonElement expected, JsonNode? shown)
    {
        if (shown is not JsonValue value)
            return expected.ValueKind == JsonValueKind.Null;
        return expected.ValueKind switch
        {
            JsonValueKind.Number => decimal.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out var got)
                && expected.TryGetDecimal(out var wanted)
                && wanted == got,
            JsonValueKind.String => value.TryGetValue<string>(out var text) && text == expected.GetString(),
            JsonValueKind.True or JsonValueKind.False => value.TryGetValue<bool>(out var flag)
                && flag == expected.GetBoolean(),
            _ => false,
        };
    }

    private static bool IsDisbursement(JsonElement row) => row.GetProperty("number").ValueKind == JsonValueKind.Null;

    private static string DateOf(JsonElement row) => TextOf(row, "date");

    private static string TextOf(JsonElement row, string field) =>
        row.TryGetProperty(field, out var value)
            ? value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : value.GetRawText()
            : "";

    private readonly record struct Place(int Step, string? List, string? Row)
    {
        public ScenarioDifference Differs(string field, string expected, string got) =>
            new(Step, List, Row, field, expected, got);
    }
}

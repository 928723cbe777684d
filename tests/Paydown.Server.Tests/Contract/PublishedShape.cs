using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Paydown.Server.Tests.Contract;

/// <summary>
/// The fields of a published response with their JSON types, as a text: <c>id uuid, amount number, bank { code string
/// }, lines [ number number ], note string?</c>. Additional fields are allowed.
/// </summary>
internal sealed partial class PublishedShape
{
    private readonly List<(string Name, string Type, bool IsNullable, PublishedShape? Members)> fields = [];

    /// <summary>Parses the text.</summary>
    public static PublishedShape Of(string text)
    {
        var tokens = new Queue<string>(Token().Matches(text).Select(match => match.Value));
        var shape = Read(tokens);
        return tokens.Count == 0 ? shape : throw new FormatException($"'{tokens.Peek()}' is unexpected in: {text}");
    }

    /// <summary>The places at which a value differs from this shape; empty if it matches.</summary>
    public IReadOnlyList<string> Breaches(JsonElement value, string at = "data")
    {
        if (value.ValueKind != JsonValueKind.Object)
            return [$"{at} is not an object"];
        var breaches = new List<string>();
        foreach (var (name, type, isNullable, members) in fields)
        {
            var path = $"{at}.{name}";
            if (!value.TryGetProperty(name, out var field))
                breaches.Add($"{path} is missing");
            else if (field.ValueKind == JsonValueKind.Null && !isNullable)
                breaches.Add($"{path} is null");
            else if (field.ValueKind != JsonValueKind.Null)
                breaches.AddRange(BreachesOf(field, type, members, path));
        }

        return breaches;
    }

    /// <summary>Compares every element of a list. An empty list is a breach, because it would prove nothing.</summary>
    public IReadOnlyList<string> BreachesOfList(JsonElement value, string at = "data") =>
        value.ValueKind != JsonValueKind.Array ? [$"{at} is not a list"]
        : value.GetArrayLength() == 0 ? [$"{at} is empty"]
        : [.. value.EnumerateArray().SelectMany((element, i) => Breaches(element, $"{at}[{i}]"))];

    private static IEnumerable<string> BreachesOf(JsonElement field, string type, PublishedShape? members, string path)
    {
        if (type == "{")
            return members!.Breaches(field, path);
        if (type == "[")
            return members!.BreachesOfList(field, path);
        return IsOf(field, type) ? [] : [$"{path} is {field.GetRawText()}, not of {type}"];
    }

    private static bool IsOf(JsonElement field, string type) =>
        type switch
        {
            "number" => field.ValueKind == JsonValueKind.Number,
            "boolean" => field.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "object" => field.ValueKind == JsonValueKind.Object,
            "list" => field.ValueKind == JsonValueKind.Array,
            _ when field.ValueKind != JsonValueKind.String => false,
            "string" => true,
            "uuid" => Guid.TryParseExact(field.GetString(), "D", out var id) && id.ToString() == field.GetString(),
            "date" => DateOnly.TryParseExact(field.GetString(), "yyyy-MM-dd", out _),
            "instant" => field.GetString()!.EndsWith('Z')
                && DateTimeOffset.TryParse(field.GetString(), CultureInfo.InvariantCulture, out _),
            _ => throw new FormatException($"{type} is not a type."),
        };

    private static PublishedShape Read(Queue<string> tokens)
    {
        var shape = new PublishedShape();
        while (tokens.Count > 0 && tokens.Peek() is not ("}" or "]"))
        {
            var (name, type) = (tokens.Dequeue(), tokens.Dequeue());
            PublishedShape? members = null;
            if (type is "{" or "[")
            {
                members = Read(tokens);
                tokens.Dequeue();
            }

            shape.fields.Add((name, type.TrimEnd('?'), type.EndsWith('?'), members));
        }

        return shape;
    }

    [GeneratedRegex(@"[{}\[\]]|[A-Za-z_]+\??")]
    private static partial Regex Token();
}

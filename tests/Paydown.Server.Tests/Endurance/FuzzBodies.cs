using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paydown.Server.Tests.Endurance;

/// <summary>Makes wrong bodies from a right one.</summary>
internal static class FuzzBodies
{
    private static readonly string[] Values =
    [
        "null",
        "true",
        "0",
        "-0",
        "1",
        "-1",
        "1.0",
        "0.001",
        "1e2",
        "1E-2",
        "1e400",
        "-1e400",
        "1e-400",
        "9223372036854775807",
        "9223372036854775808",
        "92233720368547758.07",
        "92233720368547758.08",
        "1e18",
        "1e28",
        "79228162514264337593543950335",
        "\"\"",
        "\" \"",
        "\"text\"",
        "\"\\u0000\"",
        "\"a\\u0007\"",
        "\"\\ud800\"",
        "\"\\n\"",
        "\"\u202e\"",
        "\"😀\"",
        "\"2026-02-30\"",
        "\"0001-01-01\"",
        "\"9999-12-31\"",
        "\"2026-01-31T25:00:00Z\"",
        "\"2026-01-31T09:30:00+14:00\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"'; drop table loan;--\"",
        "[]",
        "[1]",
        "{}",
        "{\"a\":{\"b\":1}}",
        "\"${jndi:ldap://x}\"",
        "\"<script>\"",
    ];

    /// <summary>Makes one field another value, a duplicate, missing, or a very long text.</summary>
    public static byte[] WithOddField(byte[] right, JsonObject schema, Random random)
    {
        var names = schema["properties"]!.AsObject().Select(field => field.Key).Append("unknown").ToArray();
        var name = names[random.Next(names.Length)];
        var text = Encoding.UTF8.GetString(right);
        if (!text.StartsWith('{'))
            return right;
        var value = random.Next(12) switch
        {
            0 => $"\"{new string('x', random.Next(1, 80_000))}\"",
            1 => new string('9', random.Next(1, 500)),
            2 => new string('[', 80) + new string(']', 80),
            3 => $"0.{new string('1', random.Next(1, 60))}",
            _ => Values[random.Next(Values.Length)],
        };
        var field = $"\"{name}\":{value}";
        if (random.Next(10) == 0)
            return Encoding.UTF8.GetBytes($"{{{field},{text[1..]}");
        return Encoding.UTF8.GetBytes(Replaced(text, name, random.Next(8) == 0 ? null : field));
    }

    /// <summary>Makes the body invalid JSON, or JSON that is not one object.</summary>
    public static byte[] Broken(byte[] right, Random random)
    {
        if (right.Length == 0)
            return "{"u8.ToArray();
        switch (random.Next(9))
        {
            case 0:
                return right[..random.Next(right.Length)];
            case 1:
                return [.. right, .. right];
            case 2:
                return FuzzTarget.RandomBytes(random, random.Next(1, 400));
            case 3:
                return [];
            case 4:
                return [0xEF, 0xBB, 0xBF, .. right];
            case 5:
                return Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(right));
            case 6:
                return Encoding.UTF8.GetBytes(new string(' ', random.Next(60_000, 70_000)) + "{}");
            case 7:
                return Encoding.UTF8.GetBytes(new string('[', random.Next(1, 30_000)));
            default:
                var flipped = (byte[])right.Clone();
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
        }
    }

    // A null field is removed. A text that is not JSON is returned as it is.
    private static string Replaced(string text, string name, string? field)
    {
        try
        {
            var fields = JsonNode
                .Parse(text)!
                .AsObject()
                .Where(one => one.Key != name)
                .Select(one => $"{JsonSerializer.Serialize(one.Key)}:{one.Value?.ToJsonString() ?? "null"}");
            return $"{{{string.Join(',', field is null ? fields : fields.Append(field))}}}";
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return text;
        }
    }
}

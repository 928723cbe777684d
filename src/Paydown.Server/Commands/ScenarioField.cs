using System.Globalization;
using System.Text.Json;

namespace Paydown.Server.Commands;

/// <summary>The file is not a scenario. The message has the place and the reason, on one line.</summary>
internal sealed class ScenarioException(string where, string why) : Exception($"{where}: {why}");

/// <summary>A value of a scenario file with its place, for error messages.</summary>
internal readonly record struct ScenarioField(JsonElement Value, string Path)
{
    public ScenarioField Get(string name)
    {
        if (Find(name) is { } field)
            return field;
        throw new ScenarioException(Path.Length == 0 ? name : $"{Path}.{name}", "is missing");
    }

    /// <summary>The field; null if it is absent or null.</summary>
    public ScenarioField? Find(string name)
    {
        if (Value.ValueKind != JsonValueKind.Object)
            throw Wrong("must be an object");
        if (!Value.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return new ScenarioField(value, Path.Length == 0 ? name : $"{Path}.{name}");
    }

    public IEnumerable<string> Names() =>
        Value.ValueKind == JsonValueKind.Object
            ? Value.EnumerateObject().Select(property => property.Name)
            : throw Wrong("must be an object");

    public IEnumerable<ScenarioField> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
            throw Wrong("must be a list");
        var path = Path;
        return Value.EnumerateArray().Select((item, index) => new ScenarioField(item, $"{path}[{index}]"));
    }

    public string Text() =>
        Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong("must be a string");

    public bool Flag() =>
        Value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong("must be true or false"),
        };

    public int Whole(int min, int max) =>
        Value.ValueKind == JsonValueKind.Number
        && Value.TryGetDecimal(out var number)
        && number == decimal.Truncate(number)
        && number >= min
        && number <= max
            ? (int)number
            : throw Wrong($"must be a whole number from {min} to {max}");

    public decimal Number(decimal min, decimal max) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetDecimal(out var number) && number >= min && number <= max
            ? number
            : throw Wrong($"must be a number from {min} to {max}");

    public DateOnly Date() =>
        DateOnly.TryParseExact(Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 1900 and <= 2900
            ? date
            : throw Wrong("must be a date, yyyy-MM-dd");

    public T OneOf<T>(params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        var text = Value.ValueKind == JsonValueKind.Number ? Value.GetRawText() : Text();
        foreach (var (word, meaning) in words)
            if (string.Equals(word, text, StringComparison.Ordinal))
                return meaning;
        var known = new List<string>();
        foreach (var (word, _) in words)
            known.Add(word);
        throw Wrong($"must be one of {string.Join(", ", known)}");
    }

    public ScenarioException Wrong(string why) => new(Path.Length == 0 ? "the file" : Path, why);
}

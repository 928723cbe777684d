using System.Text.Json;
using Paydown.Statements.Csv;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Tests;

/// <summary>
/// A file with what is right for it beside it, in <c>NAME.expected.json</c>: the entries of a good file, or the words
/// of the refusal of a broken one. The variable <c>PAYDOWN_STATEMENT_SAMPLES</c> may name a further folder of such
/// files.
/// </summary>
internal sealed record Sample(string Path, JsonElement Expected)
{
    private const string Ending = ".expected.json";

    /// <summary>All samples, by name.</summary>
    public static IReadOnlyDictionary<string, Sample> All { get; } =
        new[]
        {
            System.IO.Path.Combine(AppContext.BaseDirectory, "Cases"),
            Environment.GetEnvironmentVariable("PAYDOWN_STATEMENT_SAMPLES"),
        }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder!, "*" + Ending))
            .Order(StringComparer.Ordinal)
            .Select(file => new Sample(file[..^Ending.Length], Json(file)))
            .ToDictionary(sample => System.IO.Path.GetFileName(sample.Path), StringComparer.Ordinal);

    public static IEnumerable<string> Good => All.Where(sample => !sample.Value.IsRefused).Select(sample => sample.Key);

    public static IEnumerable<string> Broken =>
        All.Where(sample => sample.Value.IsRefused).Select(sample => sample.Key);

    public bool IsRefused => Expected.TryGetProperty("refused", out _);

    public StatementReading Reading =>
        new()
        {
            Account = Given("givenAccount"),
            Currency = CurrencyCode.Find(Given("givenCurrency")),
            Profile = Expected.TryGetProperty("givenProfile", out var profile)
                ? CsvProfile.Parse(profile.GetRawText())
                : null,
        };

    public byte[] Bytes => File.ReadAllBytes(Path);

    public List<StatementItem> Read() => Statements.Read(Bytes, Reading);

    private string? Given(string name) => Expected.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}

/// <summary>Shorthands for tests.</summary>
internal static class Statements
{
    public static List<StatementItem> Read(byte[] bytes, StatementReading? reading = null) =>
        [.. StatementFile.Read(new MemoryStream(bytes), reading ?? new StatementReading())];

    public static List<StatementItem> Read(string text, StatementReading? reading = null) =>
        Read(System.Text.Encoding.UTF8.GetBytes(text), reading);
}

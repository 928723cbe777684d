using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Paydown.Bench;

/// <summary>The figures of one side over all rounds.</summary>
public sealed record Side(double Median, double Min, double Max, string Unit)
{
    public static Side Of(IEnumerable<double> rounds, string unit)
    {
        var sorted = rounds.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Side(Rounded(median), Rounded(sorted[0]), Rounded(sorted[^1]), unit);
    }

    public override string ToString() => $"{Text(Median)} ({Text(Min)}–{Text(Max)}) {Unit}";

    private static double Rounded(double value) => Math.Round(value, Math.Abs(value) >= 100 ? 0 : 3);

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}

/// <summary>
/// One line of a benchmark: our side, the other side if there is one, their ratio and its target.
/// </summary>
public sealed record BenchCase(string Case, Side Ours, Side? Other, double? Ratio, string? Wanted)
{
    /// <summary>True if the target was met; null if there is no target.</summary>
    [JsonIgnore]
    public bool? IsMet { get; init; }

    /// <summary>Our rate divided by the other's must reach the target; a null target only shows it.</summary>
    public static BenchCase AtLeast(string name, Side ours, Side other, double? times) =>
        Compared(name, ours, other) is var compared && times is { } wanted
            ? compared with
            {
                Wanted = Wish("≥", wanted, "×"),
                IsMet = compared.Ratio >= wanted,
            }
            : Compared(name, ours, other);

    /// <summary>Our figure divided by the other's must be at most the target.</summary>
    public static BenchCase AtMost(string name, Side ours, Side other, double times) =>
        Compared(name, ours, other) is var compared
            ? compared with
            {
                Wanted = Wish("≤", times, "×"),
                IsMet = compared.Ratio <= times,
            }
            : throw new InvalidOperationException();

    /// <summary>Our figure must be at most the target.</summary>
    public static BenchCase Within(string name, Side ours, double most) =>
        new(name, ours, null, null, Wish("≤", most, " " + ours.Unit)) { IsMet = ours.Median <= most };

    /// <summary>Our figure must be at least the target.</summary>
    public static BenchCase Reaching(string name, Side ours, double least) =>
        new(name, ours, null, null, Wish("≥", least, " " + ours.Unit)) { IsMet = ours.Median >= least };

    /// <summary>A figure without a target.</summary>
    public static BenchCase Shown(string name, Side ours) => new(name, ours, null, null, null);

    private static BenchCase Compared(string name, Side ours, Side other) =>
        new(name, ours, other, other.Median == 0 ? null : Math.Round(ours.Median / other.Median, 2), null);

    private static string Wish(string sign, double value, string unit) =>
        $"{sign} {value.ToString("0.0#", CultureInfo.InvariantCulture)}{unit}";
}

/// <summary>The result of a benchmark, as printed and written to <c>artifacts/bench</c>.</summary>
public sealed record BenchResult(string Name, string Machine, IReadOnlyList<BenchCase> Results)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, Name + ".json"),
            JsonSerializer.Serialize(this, Options) + "\n"
        );
    }

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{Name}   median (min–max)");
        foreach (var line in Results)
        {
            var ratio = line.Ratio is { } times ? $"  {times.ToString("0.00", CultureInfo.InvariantCulture)}×" : "";
            var mark = line.IsMet switch
            {
                true => "  ✓",
                false => "  ✗",
                null => "",
            };
            output.WriteLine($"  {line.Case, -37} {line.Ours, -38} {line.Other, -38}{ratio, 8}  {line.Wanted}{mark}");
        }
    }
}

/// <summary>Describes the machine that the figures were measured on.</summary>
public static class Machine
{
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return $"{model?.Split(':')[1].Trim()}, {Environment.ProcessorCount} cores, {memory} GB, "
            + $"{Environment.OSVersion.VersionString}, .NET {Environment.Version}, load {load} before";
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Paydown.Server.Platform.Logs;

/// <summary>The form of a log line.</summary>
public enum LogForm
{
    /// <summary>Text for people.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,
}

/// <summary>The log options of an operator.</summary>
public sealed record LogOptions
{
    public LogForm Form { get; init; }

    public LogLevels Levels { get; init; } = LogLevels.Default;
}

/// <summary>
/// The lowest levels that are written: the default, and those of categories by the beginning of their names.
/// </summary>
public sealed record LogLevels(LogLevel General, IReadOnlyDictionary<string, LogLevel> ByCategory)
{
    private string text = "warning";

    private static readonly Dictionary<string, LogLevel> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["warn"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["critical"] = LogLevel.Critical,
        ["none"] = LogLevel.None,
    };

    // The framework logs each request twice at Information. It is off unless the operator names its category.
    private static readonly string[] Quiet = ["Microsoft", "System"];

    /// <summary>Warnings and errors.</summary>
    public static LogLevels Default { get; } = Of(LogLevel.Warning, []);

    /// <summary>Parses a level and the levels of categories, separated by commas.</summary>
    /// <param name="text">For example <c>warning,Paydown.Access=information</c>.</param>
    /// <param name="levels">The levels.</param>
    /// <param name="wrong">The element that is not valid.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out LogLevels? levels,
        [NotNullWhen(false)] out string? wrong
    )
    {
        (levels, wrong) = (null, null);
        var general = LogLevel.Warning;
        var byCategory = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = one.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length > 2 || parts[0].Length == 0 || !Words.TryGetValue(parts[^1], out var level))
            {
                wrong = one;
                return false;
            }

            if (parts.Length == 1)
                general = level;
            else
                byCategory[parts[0]] = level;
        }

        levels = Of(general, byCategory) with { text = text };
        return true;
    }

    /// <summary>The text that was parsed.</summary>
    public override string ToString() => text;

    private static LogLevels Of(LogLevel general, Dictionary<string, LogLevel> byCategory)
    {
        foreach (var category in Quiet)
            byCategory.TryAdd(category, general < LogLevel.Warning ? LogLevel.Warning : general);
        // It creates a scope per request that no formatter shows.
        byCategory.TryAdd("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        return new(general, byCategory);
    }
}

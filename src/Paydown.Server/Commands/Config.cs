using System.CommandLine;
using System.Text.Json;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Commands;

/// <summary>Shows the value of each setting and where it comes from.</summary>
internal static class Config
{
    /// <summary>Writes the settings to the output and their problems to the error stream.</summary>
    /// <returns>0, or 2 if a setting is wrong.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<Setting> settings,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        var configuration = Configuration.Read(parsed);
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var text = parsed.GetValue(SharedOptions.Json) ? Json(settings, configuration) : Table(settings, configuration);
        await output.WriteLineAsync(text.AsMemory(), cancellation);
        foreach (var problem in configuration.Problems)
            await error.WriteLineAsync($"paydown: {problem}");
        return configuration.Problems.Count == 0 ? 0 : ExitCode.Misused;
    }

    private static string Table(IReadOnlyList<Setting> settings, Configuration configuration)
    {
        var keyWidth = settings.Max(setting => setting.Key.Length);
        var valueWidth = settings.Max(setting => configuration.ShownOf(setting).Length);
        var lines = settings.Select(setting =>
            $"{setting.Key.PadRight(keyWidth)}  {configuration.ShownOf(setting).PadRight(valueWidth)}  "
            + configuration.SourceOf(setting)
        );
        var file = configuration.File ?? "no configuration file";
        return string.Join('\n', [.. lines, "", $"Read: {file}"]);
    }

    private static string Json(IReadOnlyList<Setting> settings, Configuration configuration) =>
        JsonSerializer.Serialize(
            new
            {
                configuration.File,
                Settings = settings.Select(setting => new
                {
                    setting.Key,
                    Value = configuration.ShownOf(setting),
                    Source = configuration.SourceOf(setting),
                    Option = setting.Name,
                    setting.Variable,
                }),
                configuration.Problems,
            },
            Wire.Options
        );
}

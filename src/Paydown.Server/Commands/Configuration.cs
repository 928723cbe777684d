using System.CommandLine;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Commands;

/// <summary>
/// The values of a verb's settings. The command line wins over the environment, the environment over the credentials of
/// systemd, these over the configuration file, and the file over the defaults.
/// </summary>
internal sealed class Configuration
{
    private const string Prefix = Setting.Section + "__";
    private const string CredentialsVariable = "CREDENTIALS_DIRECTORY";
    private const string FileSuffix = "File";
    private const string NoSource = "default";

    private readonly Dictionary<Setting, Found?> values = [];
    private readonly List<string> problems = [];

    private Configuration(string? file) => File = file;

    /// <summary>The path of the configuration file; null if there is none.</summary>
    public string? File { get; }

    /// <summary>Everything that is wrong, with its source and what would be right.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The settings of the verb that runs.</summary>
    /// <exception cref="ConfigurationException">One of them is wrong, or there are unknown ones.</exception>
    public static Configuration Of(ParseResult parsed)
    {
        var configuration = Read(parsed);
        return configuration.problems.Count == 0
            ? configuration
            : throw new ConfigurationException(configuration.problems);
    }

    /// <summary>The settings of the verb that runs, with their <see cref="Problems"/>.</summary>
    public static Configuration Read(ParseResult parsed)
    {
        var settings = ((Verb)parsed.CommandResult.Command).Settings;
        var surroundings = ((Invocation)parsed.InvocationConfiguration).Surroundings;
        var file = ConfigurationFile.Find(parsed.GetValue(SharedOptions.ConfigurationFile), surroundings);
        var configuration = new Configuration(file?.Path);
        configuration.RefuseSecrets(parsed, settings);
        var environment = configuration.VariablesOf(surroundings);
        configuration.RefuseUnknown(environment, file);
        configuration.RefuseSingleUnderscores(surroundings);
        IReadOnlyList<Layer> layers =
        [
            OptionsOf(parsed, settings),
            environment,
            CredentialsOf(settings, surroundings),
            file?.Values ?? [],
        ];
        foreach (var setting in settings)
            configuration.values[setting] = configuration.Find(setting, layers);
        return configuration;
    }

    /// <summary>True if the verb has a setting.</summary>
    public bool Has(Setting setting) => values.ContainsKey(setting);

    /// <summary>The value of a setting.</summary>
    public T Get<T>(Setting<T> setting) => setting.Read(values[setting]?.Text);

    /// <summary>The value of a setting as text, without secrets; empty if it has none.</summary>
    public string ShownOf(Setting setting) => values[setting] is { } found ? setting.Mask(found.Text) : setting.Default;

    /// <summary>The source of a value: the option, the variable, the file and its key, or <c>default</c>.</summary>
    public string SourceOf(Setting setting) => values[setting]?.Source ?? NoSource;

    private Found? Find(Setting setting, IReadOnlyList<Layer> layers)
    {
        foreach (var layer in layers)
        {
            var own = layer.GetValueOrDefault(setting.Key);
            var file = setting.FileOption is null ? null : layer.GetValueOrDefault(setting.Key + FileSuffix);
            if (own is not null && file is not null)
                problems.Add($"{own.Source} and {file.Source} set the same. Remove one of them.");
            if ((own ?? ReadSecret(file)) is not { } found)
                continue;
            if (setting.FindProblem(found.Text) is { } problem)
                problems.Add($"{found.Source}: {problem}");
            return found;
        }
        return null;
    }

    private Found? ReadSecret(Found? path)
    {
        if (path is null)
            return null;
        try
        {
            return new(System.IO.File.ReadAllText(path.Text).TrimEnd('\r', '\n'), path.Source);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path.Source}: {exception.Message}");
            return null;
        }
    }

    // Every user of a machine can list the command lines of its processes, and shells store them.
    private void RefuseSecrets(ParseResult parsed, IReadOnlyList<Setting> settings)
    {
        foreach (var setting in settings.Where(setting => setting.FileOption is not null))
        {
            if (
                Setting.Given(parsed, setting.Option) is { } text
                && setting.Mask(text) != text
                && setting.FindProblem(text) is null
            )
                problems.Add(
                    $"{setting.Name}: a command line is no place for a secret, because others can see it. "
                        + $"Use {setting.FileOption!.Name} FILE or the variable {setting.Variable}."
                );
        }
    }

    private static Layer OptionsOf(ParseResult parsed, IReadOnlyList<Setting> settings)
    {
        var layer = new Layer();
        foreach (var setting in settings)
        {
            if (Setting.Given(parsed, setting.Option) is { } text)
                layer[setting.Key] = new(text, setting.Name);
            if (setting.FileOption is { } option && Setting.Given(parsed, option) is { } path)
                layer[setting.Key + FileSuffix] = new(path, option.Name);
        }
        return layer;
    }

    // Names are compared as .NET does, without regard to case. Underscores between words are optional.
    private Layer VariablesOf(Surroundings surroundings)
    {
        var layer = new Layer();
        foreach (var (name, text) in surroundings.Variables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (text.Length == 0 || !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                continue;
            var key = name[Prefix.Length..].Replace("__", ":").Replace("_", "");
            if (!layer.TryAdd(key, new(text, name)))
                problems.Add($"{layer[key].Source} and {name} set the same. Remove one of them.");
        }
        return layer;
    }

    private static Layer CredentialsOf(IReadOnlyList<Setting> settings, Surroundings surroundings)
    {
        var layer = new Layer();
        if (surroundings.Variables.GetValueOrDefault(CredentialsVariable) is not { Length: > 0 } folder)
            return layer;
        foreach (var setting in settings.Where(setting => setting.FileOption is not null))
        {
            var path = Path.Combine(folder, setting.Name.TrimStart('-'));
            if (System.IO.File.Exists(path))
                layer[setting.Key + FileSuffix] = new(path, path);
        }
        return layer;
    }

    private void RefuseUnknown(Layer environment, ConfigurationFile? file)
    {
        var known = CommandLine.Settings().SelectMany(KeysOf).ToList();
        foreach (var (key, found) in environment.Concat(file?.Values ?? []))
        {
            if (!known.Contains(key, StringComparer.OrdinalIgnoreCase))
                problems.Add($"{found.Source} is not a setting.{Suggest(found, key, known)}");
        }
    }

    private void RefuseSingleUnderscores(Surroundings surroundings)
    {
        static string Letters(string text) => new([.. text.Where(char.IsAsciiLetter).Select(char.ToUpperInvariant)]);
        var variables = new Dictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var setting in CommandLine.Settings())
        {
            variables.TryAdd(Letters(setting.Variable), setting);
            variables.TryAdd(Letters("PAYDOWN" + setting.Name), setting);
        }
        foreach (var name in surroundings.Variables.Keys.Order(StringComparer.Ordinal))
        {
            var isSingle =
                name.StartsWith("PAYDOWN_", StringComparison.Ordinal)
                && !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
            if (isSingle && variables.TryGetValue(Letters(name), out var setting))
                problems.Add($"{name} is not a setting. Did you mean {setting.Variable}?");
        }
    }

    private static string Suggest(Found found, string key, List<string> known)
    {
        var nearest = NearestName.Find(key, known);
        if (nearest is null)
            return " paydown config lists them all.";
        var isVariable = found.Source.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
        return $" Did you mean {(isVariable ? Setting.VariableOf(nearest) : nearest)}?";
    }

    private static IEnumerable<string> KeysOf(Setting setting) =>
        setting.FileOption is null ? [setting.Key] : [setting.Key, setting.Key + FileSuffix];
}

/// <summary>The text of a setting and its source.</summary>
internal sealed record Found(string Text, string Source);

/// <summary>The settings of one source, by their keys.</summary>
internal sealed class Layer() : Dictionary<string, Found>(StringComparer.OrdinalIgnoreCase);

/// <summary>Settings are wrong. The program did nothing; each problem has its source and what would be right.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> problems) : Exception(string.Join(' ', problems))
{
    /// <summary>One sentence or two for each.</summary>
    public IReadOnlyList<string> Problems => problems;
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace Paydown.Server.Commands;

/// <summary>
/// A setting of the operator. It is an option on the command line (<c>--log-level</c>), a variable in the environment
/// (<c>PAYDOWN__LOG__LEVEL</c>), and a key in the section <c>Paydown</c> of the configuration file (<c>Log:Level</c>).
/// <see cref="Configuration"/> finds its value. Create one with a method of this class and add it to its verbs.
/// </summary>
internal abstract class Setting
{
    /// <summary>The section of the configuration file, and the beginning of every variable.</summary>
    public const string Section = "Paydown";

    private protected const string Off = "false";
    private const string On = "true";

    private protected Setting(Option option, string key, string description, string otherwise)
    {
        (Option, Key, Description, Default) = (option, key, description, otherwise);
        option.Description =
            $"{description} [env: {Variable}]" + (otherwise is "" or Off ? "" : $" [default: {otherwise}]");
    }

    /// <summary>Parses a value. On failure it sets the part of the text that is wrong, and returns false.</summary>
    public delegate bool Reader<T>(string text, out T? value, out string? wrong);

    /// <summary>The option on the command line.</summary>
    public Option Option { get; }

    /// <summary>The name on the command line, with its dashes.</summary>
    public string Name => Option.Name;

    /// <summary>The key below the section of the configuration file.</summary>
    public string Key { get; }

    /// <summary>The environment variable.</summary>
    public string Variable => VariableOf(Key);

    /// <summary>What it sets.</summary>
    public string Description { get; }

    /// <summary>The default as text; empty for none.</summary>
    public string Default { get; }

    /// <summary>Separates the elements of a list. In the configuration file, the list may be an array.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The option for a file that contains the secret; null if the setting is no secret.</summary>
    public Option<string?>? FileOption { get; private init; }

    /// <summary>Hides the secret part of a value that is shown.</summary>
    public Func<string, string> Mask { get; private init; } = text => text;

    /// <summary>What is wrong with a value, and what would be right; null if it is right.</summary>
    public abstract string? FindProblem(string text);

    /// <summary>The variable of a key: of <c>Log:Level</c> it is <c>PAYDOWN__LOG__LEVEL</c>.</summary>
    public static string VariableOf(string key)
    {
        var words = key.Select(
            (c, i) => char.IsUpper(c) && i > 0 && key[i - 1] != ':' ? $"_{c}" : $"{c}".Replace(":", "__")
        );
        return $"{Section}__{string.Concat(words)}".ToUpperInvariant();
    }

    /// <summary>Creates a setting.</summary>
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="key">The key in the configuration file: <c>Section:Name</c>.</param>
    /// <param name="helpName">The placeholder of the value in the help.</param>
    /// <param name="description">What it sets.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="form">What a value must be, for the error message: "a whole number of at least 0".</param>
    /// <param name="read">Parses a value.</param>
    /// <param name="separator">Separates the elements of a list.</param>
    public static Setting<T> Create<T>(
        string name,
        string key,
        string helpName,
        string description,
        T otherwise,
        string form,
        Reader<T> read,
        char separator = ','
    ) => new(OptionOf(name, helpName), key, description, otherwise, form, read) { Separator = separator };

    /// <summary>Creates a setting for a count.</summary>
    public static Setting<int> Count(string name, string key, string description, int otherwise, int min = 0) =>
        Create(
            name,
            key,
            "N",
            description,
            otherwise,
            $"a whole number of at least {min}",
            (string text, out int value, out string? wrong) =>
            {
                wrong = text;
                return int.TryParse(text, out value) && value >= min;
            }
        );

    /// <summary>Creates a setting whose value is one of the given words.</summary>
    public static Setting<string> OneOf(
        string name,
        string key,
        string helpName,
        string description,
        string otherwise,
        params IReadOnlyList<string> words
    ) =>
        Create(
            name,
            key,
            helpName,
            description,
            otherwise,
            "one of " + string.Join(", ", words),
            (string text, out string? value, out string? wrong) =>
            {
                wrong = text;
                value = words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
                return value is not null;
            }
        );

    /// <summary>Creates a setting whose value is any text.</summary>
    public static Setting<string> Text(
        string name,
        string key,
        string helpName,
        string description,
        string otherwise
    ) => new(OptionOf(name, helpName), key, description, otherwise, "a text", AnyText);

    /// <summary>Creates a setting that is on or off. On the command line its name alone turns it on.</summary>
    public static Setting<bool> Flag(string name, string key, string description) =>
        new(
            new Option<bool>(name),
            key,
            description,
            false,
            "true or false",
            (string text, out bool value, out string? wrong) =>
            {
                wrong = text;
                return bool.TryParse(text, out value);
            }
        );

    /// <summary>
    /// Creates a setting that is a secret or contains one. It can also be read from a file, whose path is set by the
    /// option, variable and key of the same name with "file" at the end, or which systemd provides as a credential of
    /// the option's name.
    /// </summary>
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="key">The key in the configuration file.</param>
    /// <param name="helpName">The placeholder of the value in the help.</param>
    /// <param name="description">What it sets.</param>
    /// <param name="mask">Hides the secret part of a value; a value without secrets stays as it is.</param>
    /// <param name="findProblem">What is wrong with a value, without the secret; null if it is right.</param>
    public static Setting<string?> Secret(
        string name,
        string key,
        string helpName,
        string description,
        Func<string, string> mask,
        Func<string, string?> findProblem
    ) =>
        new(OptionOf(name, helpName), key, description, null, "", AnyText)
        {
            Mask = mask,
            SecretProblem = findProblem,
            FileOption = new($"{name}-file")
            {
                Description = $"Read {name} from this file [env: {VariableOf(key)}_FILE]",
                HelpName = "FILE",
            },
        };

    /// <summary>The text on the command line; null if the option is not there.</summary>
    public static string? Given(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false } result
            ? result.Tokens.Count == 0
                ? On
                : result.Tokens[^1].Value
            : null;

    /// <summary>Problem of a secret; null for settings that are no secrets.</summary>
    private protected Func<string, string?>? SecretProblem { get; private init; }

    private static Option<string?> OptionOf(string name, string helpName) => new(name) { HelpName = helpName };

    private static bool AnyText(string text, out string? value, out string? wrong)
    {
        (value, wrong) = (text, null);
        return true;
    }
}

/// <summary>A setting with a typed value.</summary>
internal sealed class Setting<T> : Setting
{
    private readonly T otherwise;
    private readonly string form;
    private readonly Reader<T> read;

    internal Setting(Option option, string key, string description, T otherwise, string form, Reader<T> read)
        : base(option, key, description, TextOf(otherwise)) =>
        (this.otherwise, this.form, this.read) = (otherwise, form, read);

    /// <inheritdoc/>
    public override string? FindProblem(string text) =>
        SecretProblem is { } find ? find(text)
        : read(text, out _, out var wrong) ? null
        : $"'{wrong}' is not {form}.";

    /// <summary>The value of a text without problems; the default if it is null.</summary>
    public T Read(string? text) => text is not null && read(text, out var value, out _) ? value! : otherwise;

    private static string TextOf(T value) =>
        value switch
        {
            bool => Off,
            IReadOnlyList<string> list => string.Join(';', list),
            _ => $"{value}",
        };
}

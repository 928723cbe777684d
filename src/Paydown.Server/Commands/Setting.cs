using System.CommandLine;
using System.CommandLine.Parsing;

namespace Paydown.Server.Commands;

/// <summary>
/// A command-line option that can also be set by an environment variable: <c>--log-level</c> by
/// <c>PAYDOWN_LOG_LEVEL</c>. The command line wins over the variable, and the variable over the default.
/// </summary>
internal static class Setting
{
    /// <summary>Parses a value. On failure it sets the part of the text that is wrong, and returns false.</summary>
    public delegate bool Reader<T>(string text, out T? value, out string? wrong);

    /// <summary>Creates an option with a default that the help shows.</summary>
    /// <param name="name">The name, with its dashes.</param>
    /// <param name="helpName">The placeholder of the value in the help.</param>
    /// <param name="description">The description, to which the name of the variable is added.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="form">What a value must be, for the error message: "a whole number of at least 0".</param>
    /// <param name="read">Parses a value.</param>
    public static Option<T> Create<T>(
        string name,
        string helpName,
        string description,
        T otherwise,
        string form,
        Reader<T> read
    )
    {
        var variable = VariableOf(name);
        T Read(string text, string source, ArgumentResult result)
        {
            if (read(text, out var value, out var wrong))
                return value!;
            result.AddError($"{source}: '{wrong}' is not {form}.");
            return otherwise;
        }

        return new(name)
        {
            Description = $"{description} [env: {variable}]",
            HelpName = helpName,
            CustomParser = result => Read(result.Tokens[0].Value, name, result),
            DefaultValueFactory = result => Variable(variable) is { } text ? Read(text, variable, result) : otherwise,
        };
    }

    /// <summary>Creates an option for a count.</summary>
    public static Option<int> Count(string name, string description, int otherwise, int min = 0) =>
        Create(
            name,
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

    /// <summary>Creates an option whose value is one of the given words.</summary>
    public static Option<string> OneOf(
        string name,
        string helpName,
        string description,
        string otherwise,
        params IReadOnlyList<string> words
    ) =>
        Create(
            name,
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

    /// <summary>The value of an environment variable; null if it is not set or empty.</summary>
    public static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string VariableOf(string option) =>
        "PAYDOWN_" + option.TrimStart('-').Replace('-', '_').ToUpperInvariant();
}

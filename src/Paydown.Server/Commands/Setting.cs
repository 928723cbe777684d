using System.CommandLine;
using System.CommandLine.Parsing;

namespace Paydown.Server.Commands;

/// <summary>
/// An option of the command line that an environment variable may give as well: <c>--log-level</c> is
/// <c>PAYDOWN_LOG_LEVEL</c>. The command line comes first, then the variable, then the default.
/// </summary>
internal static class Setting
{
    /// <summary>Reads a value, or says which part of the text is none.</summary>
    public delegate bool Reader<T>(string text, out T? value, out string? wrong);

    /// <summary>An option with a default that its help shows.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="helpName">What stands for the value in the help.</param>
    /// <param name="description">The name of the variable is added to it.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="form">What a value must be, for the message about one that is not: "a whole number from 0".</param>
    /// <param name="read">Reads a value.</param>
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
            Description = $"{description}; also {variable}",
            HelpName = helpName,
            CustomParser = result => Read(result.Tokens[0].Value, name, result),
            DefaultValueFactory = result => Variable(variable) is { } text ? Read(text, variable, result) : otherwise,
        };
    }

    /// <summary>A count.</summary>
    public static Option<int> Count(string name, string description, int otherwise, int min = 0) =>
        Create(
            name,
            "N",
            description,
            otherwise,
            $"a whole number from {min}",
            (string text, out int value, out string? wrong) =>
            {
                wrong = text;
                return int.TryParse(text, out value) && value >= min;
            }
        );

    /// <summary>One of some words.</summary>
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

    /// <summary>The value of a variable; null if it is not set, or empty.</summary>
    public static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string VariableOf(string option) =>
        "PAYDOWN_" + option.TrimStart('-').Replace('-', '_').ToUpperInvariant();
}

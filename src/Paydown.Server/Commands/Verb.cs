using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Paydown.Server.Commands;

/// <summary>A verb of <c>paydown</c>. Its help begins with an example and ends with a page of the documents.</summary>
internal sealed class Verb : Command
{
    private readonly List<Setting> settings = [];

    /// <summary>Creates a verb. Add its options and set its action.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">What it does, in one or two sentences.</param>
    /// <param name="example">A complete command line that works, or several lines of them.</param>
    /// <param name="page">The page of <c>docs/</c> that explains it, for example <c>operating.md#backup</c>.</param>
    /// <param name="failed">The exit code of a verb that could not do its work.</param>
    /// <param name="exitCodes">What the exit codes mean, if not what they usually do.</param>
    public Verb(
        string name,
        string description,
        string example,
        string page,
        int failed = ExitCode.Failed,
        string exitCodes = ExitCode.Usual
    )
        : base(name, description)
    {
        (Example, Page, Failed, ExitCodes) = (example, page, failed, exitCodes);
        Options.Add(new HelpOption { Action = new Help(this) });
    }

    /// <summary>A complete command line, or several lines of them.</summary>
    public string Example { get; }

    /// <summary>The page below <c>docs/</c>, with its anchor.</summary>
    public string Page { get; }

    /// <summary>What the exit codes mean.</summary>
    public string ExitCodes { get; }

    /// <summary>The exit code of a verb that could not do its work.</summary>
    public int Failed { get; }

    /// <summary>The settings that it uses. The verb finds their values with <see cref="Configuration"/>.</summary>
    public IReadOnlyList<Setting> Settings => settings;

    /// <summary>The settings of the verb and of the verbs below it.</summary>
    public IEnumerable<Setting> AllSettings =>
        settings.Concat(Subcommands.OfType<Verb>().SelectMany(verb => verb.AllSettings));

    /// <summary>Adds a setting, and the option that names a configuration file.</summary>
    public void Add(Setting setting)
    {
        if (settings.Count == 0)
            Add(SharedOptions.ConfigurationFile);
        settings.Add(setting);
        Add(setting.Option);
        if (setting.FileOption is { } file)
            Add(file);
    }

    private sealed class Help(Verb verb) : SynchronousCommandLineAction
    {
        private readonly HelpAction usual = new();

        // A required argument may be missing.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            foreach (var line in verb.Example.Split('\n'))
                output.WriteLine($"  {line}");
            output.WriteLine();
            var exitCode = usual.Invoke(parseResult);
            output.WriteLine($"Exit codes: {verb.ExitCodes}");
            output.WriteLine($"More: docs/{verb.Page}");
            return exitCode;
        }
    }
}

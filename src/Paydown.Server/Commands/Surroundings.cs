using System.Collections;
using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The environment variables of the program, and the folders in which it finds a configuration file.</summary>
/// <param name="Variables">The environment variables.</param>
/// <param name="WorkingFolder">The working directory.</param>
/// <param name="ProgramFolder">The folder of the program.</param>
internal sealed record Surroundings(
    IReadOnlyDictionary<string, string> Variables,
    string WorkingFolder,
    string ProgramFolder
)
{
    /// <summary>The surroundings of this process.</summary>
    public static Surroundings OfProcess() =>
        new(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? ""),
            Environment.CurrentDirectory,
            AppContext.BaseDirectory
        );
}

/// <summary>The streams of a run of the program, and its surroundings.</summary>
internal sealed class Invocation : InvocationConfiguration
{
    /// <summary>The surroundings.</summary>
    public required Surroundings Surroundings { get; init; }
}

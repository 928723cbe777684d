using System.CommandLine;
using System.CommandLine.Invocation;
using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// The verbs of <c>paydown</c>. The options of a verb are in <c>…Verb.cs</c>, and what it does is in the file of its
/// name. Options that verbs share are in <see cref="SharedOptions"/>, and a verb that needs the database runs by
/// <see cref="OnDatabase"/>.
/// </summary>
internal static class CommandLine
{
    // Long enough for PostgreSQL to write a checkpoint. After it the process ends, and the next start recovers.
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(90);

    /// <summary>Creates the verbs, in the order of the help.</summary>
    public static IReadOnlyList<Verb> Verbs()
    {
        IReadOnlyList<Verb> verbs =
        [
            SetupVerb.Create(),
            ServeVerb.Create(),
            OrganisationVerb.Create(),
            StaffVerb.Create(),
            WorkVerb.Create(),
            EndOfDayVerb.Create(),
            ReportVerb.Create(),
            MigrateVerb.Create(),
            DemoVerb.Create(),
            HealthVerb.Create(),
            BackupVerb.Create(),
            RestoreVerb.Create(),
            AuditVerb.Create(),
            SimulateVerb.Create(),
            MatchVerb.Create(),
            ImportVerb.Create(),
            ImportStatementVerb.Create(),
            HostVerb.Create(),
            EventsVerb.Create(),
            OpenApiVerb.Create(),
        ];
        return [.. verbs, ConfigVerb.Create(verbs)];
    }

    /// <summary>The settings of all verbs, each once.</summary>
    public static IReadOnlyList<Setting> Settings() => [.. Verbs().SelectMany(verb => verb.AllSettings).Distinct()];

    /// <summary>Parses the arguments and runs the verb. Failures are written to the error stream.</summary>
    /// <returns>The exit code of the process; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        Surroundings? surroundings = null
    )
    {
        var parsed = Parse(arguments);
        var settings = new Invocation
        {
            Surroundings = surroundings ?? Surroundings.OfProcess(),
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopMax,
        };
        try
        {
            // The whole help would hide the mistake.
            if (parsed.Action is ParseErrorAction mistake)
                mistake.ShowHelp = false;
            var exitCode = await parsed.InvokeAsync(settings);
            if (parsed.Errors.Count == 0)
                return exitCode;
            await error.WriteLineAsync(NextStep(parsed));
            return ExitCode.Misused;
        }
        catch (UsageException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return ExitCode.Misused;
        }
        catch (ConfigurationException exception)
        {
            foreach (var problem in exception.Problems)
                await error.WriteLineAsync($"paydown: {problem}");
            return ExitCode.Misused;
        }
        catch (OperatingException exception)
        {
            await error.WriteLineAsync($"paydown: {exception.Message}");
            return FailureOf(parsed);
        }
        catch (NpgsqlException exception)
        {
            var what = DatabaseFailures.IsAway(exception) ? "is not available" : "rejected a statement";
            await error.WriteLineAsync($"paydown: The database {what}: {exception.Message}");
            return FailureOf(parsed);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Parses the arguments.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("Paydown, an open-source loan-repayment server.");
        foreach (var verb in Verbs())
            root.Add(verb);
        return root.Parse(arguments);
    }

    private static string NextStep(ParseResult parsed) =>
        parsed.CommandResult.Command is Verb verb
            ? $"Example: {verb.Example.Split('\n')[0]}\nAll options: paydown {verb.Name} --help"
            : "All commands: paydown --help";

    private static int FailureOf(ParseResult parsed) =>
        parsed.CommandResult.Command is Verb verb ? verb.Failed : ExitCode.Failed;
}

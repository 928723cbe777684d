using System.CommandLine;
using System.CommandLine.Parsing;
using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// The verbs of <c>paydown</c>, their options and their exit codes: 0 done, 1 it did not work out, 2 the command line
/// is wrong, 130 interrupted. An audit that could not run ends with 2 as well: its 1 means that the books are wrong.
/// What a verb does is in the file of its name.
/// </summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int Misused = 2;
    private const int NotAudited = 2;
    private const int Interrupted = 130;

    // Long enough for PostgreSQL to write down all it has; past it the process ends, and the next start recovers.
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(90);

    // What an operator asks for may take its time; the limits are for requests.
    private const int NoLimit = 0;

    private static readonly Option<string> DataFolder = new("--data")
    {
        Description = "The data directory of the private PostgreSQL cluster; also PAYDOWN_DATA",
        HelpName = "DIR",
        DefaultValueFactory = _ => Setting.Variable("PAYDOWN_DATA") ?? ServerOptions.DefaultDataDirectory,
    };

    // Its default is read where it is used, not here: the help shows defaults, and this one may hold a password.
    private static readonly Option<string?> Connection = new("--database")
    {
        Description =
            "A PostgreSQL of your own in place of the private one: Host=…;Database=… or postgres://…; "
            + $"also {Database.EnvironmentVariable}",
        HelpName = "CONNECTION",
    };

    /// <summary>Reads the arguments, does what they say, and says in words what went wrong.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Paydown, an open-source loan-repayment server.")
        {
            ServeVerb.Create(DataFolder, Connection, ConnectionOf, output),
            MigrateVerb(output),
            DemoVerb(output),
            AuditVerb(output),
            SimulateVerb(output, error),
            ImportVerb(output),
            HostVerb(output),
            OpenApiVerb(output),
        };
        var parsed = root.Parse(arguments);
        var settings = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopMax,
        };
        try
        {
            var exitCode = await parsed.InvokeAsync(settings);
            return parsed.Errors.Count > 0 ? Misused : exitCode;
        }
        catch (OperatingException exception)
        {
            await error.WriteLineAsync($"paydown: {exception.Message}");
            return FailureOf(parsed);
        }
        catch (NpgsqlException exception)
        {
            var what = DatabaseFailures.IsAway(exception) ? "does not answer" : "does not do what is asked";
            await error.WriteLineAsync($"paydown: The database {what}: {exception.Message}");
            return FailureOf(parsed);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    private static int FailureOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Name == "audit" ? NotAudited : Failed;

    private static Command MigrateVerb(TextWriter output)
    {
        var verb = new Command("migrate", "Bring the database's schema up to this program.") { DataFolder, Connection };
        verb.SetAction((parsed, token) => WithDatabaseAsync(parsed, output, Migrate.RunAsync, token));
        return verb;
    }

    private static Command DemoVerb(TextWriter output)
    {
        var loans = new Option<int?>("--loans")
        {
            Description = "Load a lender with this many loans in its place, for trials of size and speed",
            HelpName = "N",
            CustomParser = result => Count(result, 1),
        };
        var repayments = new Option<int>("--repayments-per-loan")
        {
            Description = "With --loans: verified repayments of each loan",
            HelpName = "K",
            CustomParser = result => Count(result, 0),
        };
        var verb = new Command("demo", "Load the demo lender, once.") { DataFolder, Connection, loans, repayments };
        verb.SetAction(
            (parsed, token) =>
                parsed.GetValue(loans) is { } loanCount
                    ? WithDatabaseAsync(
                        parsed,
                        output,
                        (source, writer, stop) =>
                            Portfolio.RunAsync(source, loanCount, parsed.GetValue(repayments), writer, stop),
                        token
                    )
                    : WithDatabaseAsync(parsed, output, Demo.RunAsync, token)
        );
        return verb;
    }

    private static Command AuditVerb(TextWriter output)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON document in place of lines" };
        var verb = new Command("audit", "Recompute every loan and check every law of the books; a server may run.")
        {
            DataFolder,
            Connection,
            json,
        };
        verb.SetAction(
            (parsed, token) =>
            {
                // It changes nothing, so it makes no database either.
                if (ConnectionOf(parsed) is null)
                    RequireCluster(parsed.GetRequiredValue(DataFolder));
                return WithDatabaseAsync(
                    parsed,
                    output,
                    (source, to, stop) => Audit.RunAsync(source, to, parsed.GetValue(json), stop),
                    token
                );
            }
        );
        return verb;
    }

    private static Command SimulateVerb(TextWriter output, TextWriter error)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Scenarios, as JSON: files, or folders with all .json files in and below them",
            Arity = ArgumentArity.OneOrMore,
        };
        var check = new Option<bool>("--check") { Description = "Compare with what each scenario expects" };
        var json = new Option<bool>("--json")
        {
            Description = "With --check: write one JSON document instead of lines",
        };
        var verb = new Command(
            "simulate",
            $"Play scenarios of loans through the rules, without a database. {Simulate.ExitCodes}"
        )
        {
            paths,
            check,
            json,
        };
        verb.SetAction(parsed =>
            Simulate.Run(parsed.GetRequiredValue(paths), parsed.GetValue(check), parsed.GetValue(json), output, error)
        );
        return verb;
    }

    private static Command ImportVerb(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "Products, as JSON (docs/products.example.json)" };
        var organisation = OrganisationOption("Whose products they are; needed if there are several organisations");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be done" };
        var json = new Option<bool>("--json") { Description = "Write one JSON document in place of lines" };
        var verb = new Command("import", "Make and change the products of a file, all or none; a server may run.")
        {
            file,
            organisation,
            dryRun,
            json,
            DataFolder,
            Connection,
        };
        verb.SetAction(
            (parsed, token) =>
            {
                // There are no products without an organisation, so it makes no database.
                if (ConnectionOf(parsed) is null)
                    RequireCluster(parsed.GetRequiredValue(DataFolder));
                return WithDatabaseAsync(
                    parsed,
                    output,
                    (source, to, stop) =>
                        ImportProducts.RunAsync(
                            source,
                            parsed.GetRequiredValue(file),
                            parsed.GetValue(organisation),
                            parsed.GetValue(dryRun),
                            parsed.GetValue(json),
                            to,
                            stop
                        ),
                    token
                );
            }
        );
        return verb;
    }

    private static Command HostVerb(TextWriter output)
    {
        var name = new Argument<string?>("name")
        {
            Description = "A host name under which the server is reached; left out: list all of them",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var organisation = OrganisationOption("Whose name it is; needed if there are several organisations");
        var remove = new Option<bool>("--remove") { Description = "Take the name away in place of adding it" };
        var verb = new Command("host", "Say which organisation is meant by a host name; a server may run.")
        {
            name,
            organisation,
            remove,
            DataFolder,
            Connection,
        };
        verb.SetAction(
            (parsed, token) =>
            {
                // There are no names without an organisation, so it makes no database.
                if (ConnectionOf(parsed) is null)
                    RequireCluster(parsed.GetRequiredValue(DataFolder));
                return WithDatabaseAsync(
                    parsed,
                    output,
                    (source, to, stop) =>
                        Hosts.RunAsync(
                            source,
                            parsed.GetValue(name),
                            parsed.GetValue(organisation),
                            parsed.GetValue(remove),
                            to,
                            stop
                        ),
                    token
                );
            }
        );
        return verb;
    }

    private static Option<Guid?> OrganisationOption(string description) =>
        new("--organisation")
        {
            Description = description,
            HelpName = "ID",
            CustomParser = result =>
            {
                if (Guid.TryParseExact(result.Tokens[0].Value, "D", out var id))
                    return id;
                result.AddError($"'{result.Tokens[0].Value}' is not the id of an organisation, a UUID.");
                return null;
            },
        };

    private static Command OpenApiVerb(TextWriter output)
    {
        var file = new Option<string?>("--output")
        {
            Description = "Write to this file in place of the terminal",
            HelpName = "FILE",
        };
        var verb = new Command("openapi", "Write the OpenAPI document of the API.") { file };
        verb.SetAction((parsed, token) => OpenApi.RunAsync(parsed.GetValue(file), output, token));
        return verb;
    }

    // The database of a verb that is over soon: the named one, or the private one, whether its server runs or not.
    private static async Task<int> WithDatabaseAsync(
        ParseResult parsed,
        TextWriter output,
        Func<NpgsqlDataSource, TextWriter, CancellationToken, Task<int>> run,
        CancellationToken token
    )
    {
        if (ConnectionOf(parsed) is { } named)
        {
            await using var source = Database.Open(named, NoLimit);
            return await run(source, output, token);
        }
        var options = new LocalPostgresOptions(parsed.GetRequiredValue(DataFolder));
        await using var local = await LocalPostgres.JoinAsync(options, token);
        await using var ours = Database.Open(local.ConnectionString, NoLimit);
        return await run(ours, output, token);
    }

    private static void RequireCluster(string folder)
    {
        if (Directory.Exists(folder) && new ClusterFolders(folder).ClusterVersion is not null)
            return;
        throw new OperatingException(
            $"There is no database in {folder}. Name its folder with --data, or a database with --database."
        );
    }

    private static int Count(ArgumentResult result, int min)
    {
        if (int.TryParse(result.Tokens[0].Value, out var count) && count >= min)
            return count;
        result.AddError($"'{result.Tokens[0].Value}' is not a whole number from {min}.");
        return min;
    }

    private static string? ConnectionOf(ParseResult parsed) =>
        parsed.GetValue(Connection) ?? Setting.Variable(Database.EnvironmentVariable);
}

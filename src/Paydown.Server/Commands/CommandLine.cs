using System.CommandLine;
using System.CommandLine.Parsing;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// The verbs of <c>paydown</c>, their options and their exit codes: 0 success, 1 failure, 2 wrong command line, 130
/// interrupted. An audit that could not run exits with 2 too, because its 1 means that the books are wrong. Each verb
/// is implemented in the file of its name.
/// </summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int Misused = 2;
    private const int NotAudited = 2;
    private const int Interrupted = 130;

    // Long enough for PostgreSQL to write a checkpoint. After it the process ends, and the next start recovers.
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(90);

    // Requests have a time limit; what an operator starts has none.
    private const int NoLimit = 0;

    private static readonly Option<string> DataFolder = new("--data")
    {
        Description = "Data directory of the private PostgreSQL cluster [env: PAYDOWN_DATA]",
        HelpName = "DIR",
        DefaultValueFactory = _ => Setting.Variable("PAYDOWN_DATA") ?? ServerOptions.DefaultDataDirectory,
    };

    // No default here, because the help would show it, and it may contain a password.
    private static readonly Option<string?> Connection = new("--database")
    {
        Description =
            "Use this PostgreSQL database instead of the private one: Host=…;Database=… or postgres://… "
            + $"[env: {Database.EnvironmentVariable}]",
        HelpName = "CONNECTION",
    };

    /// <summary>Parses the arguments and runs the verb. Failures are written to the error stream.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Paydown, an open-source loan-repayment server.")
        {
            SetupVerb.Create(DataFolder, Connection, ConnectionOf, OnOwnedDatabaseAsync, output, error),
            ServeVerb.Create(DataFolder, Connection, ConnectionOf, output),
            OrganisationVerb.Create(DataFolder, Connection, OnExistingDatabaseAsync, output, error),
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
            var what = DatabaseFailures.IsAway(exception) ? "is not available" : "rejected a statement";
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
        var verb = new Command("migrate", "Upgrade the database schema to the version of this program.")
        {
            DataFolder,
            Connection,
        };
        verb.SetAction((parsed, token) => OnDatabaseAsync(parsed, output, Migrate.RunAsync, token, asOwner: true));
        return verb;
    }

    private static Command DemoVerb(TextWriter output)
    {
        var loans = new Option<int?>("--loans")
        {
            Description = "Load a lender with N generated loans instead, to test size and speed",
            HelpName = "N",
            CustomParser = result => Count(result, 1),
        };
        var repayments = new Option<int>("--repayments-per-loan")
        {
            Description = "With --loans: the number of verified repayments per loan",
            HelpName = "K",
            CustomParser = result => Count(result, 0),
        };
        var verb = new Command("demo", "Load the demo lender, unless it is there already.")
        {
            DataFolder,
            Connection,
            loans,
            repayments,
        };
        verb.SetAction(
            (parsed, token) =>
                parsed.GetValue(loans) is { } loanCount
                    ? OnDatabaseAsync(
                        parsed,
                        output,
                        (source, writer, stop) =>
                            Portfolio.RunAsync(source, loanCount, parsed.GetValue(repayments), writer, stop),
                        token,
                        asOwner: true
                    )
                    : OnDatabaseAsync(parsed, output, Demo.RunAsync, token, asOwner: true)
        );
        return verb;
    }

    private static Command AuditVerb(TextWriter output)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON document instead of lines" };
        var verb = new Command(
            "audit",
            "Recompute every loan and check the books. Changes nothing; a server may be running."
        )
        {
            DataFolder,
            Connection,
            json,
        };
        verb.SetAction(
            (parsed, token) =>
                OnExistingDatabaseAsync(
                    parsed,
                    output,
                    (source, to, stop) => Audit.RunAsync(source, to, parsed.GetValue(json), stop),
                    token
                )
        );
        return verb;
    }

    private static Command SimulateVerb(TextWriter output, TextWriter error)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "Scenario files (JSON), or folders: all .json files in and below them",
            Arity = ArgumentArity.OneOrMore,
        };
        var check = new Option<bool>("--check")
        {
            Description = "Compare the figures with those that each scenario expects",
        };
        var json = new Option<bool>("--json")
        {
            Description = "With --check: write one JSON document instead of lines",
        };
        var verb = new Command("simulate", $"Replay loan scenarios, without a database. {Simulate.ExitCodes}")
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
        var file = new Argument<string>("file")
        {
            Description = "Products (JSON), for example docs/products.example.json",
        };
        var organisation = OrganisationOption("The organisation of the products; required if there are several");
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing" };
        var json = new Option<bool>("--json") { Description = "Write one JSON document instead of lines" };
        var verb = new Command(
            "import",
            "Create or change the products in a file, all or none. A server may be running."
        )
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
                OnExistingDatabaseAsync(
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
                )
        );
        return verb;
    }

    private static Command HostVerb(TextWriter output)
    {
        var name = new Argument<string?>("name")
        {
            Description = "Host name of the server; without it, all host names are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var organisation = OrganisationOption("The organisation of the host name; required if there are several");
        var remove = new Option<bool>("--remove") { Description = "Remove the host name instead of adding it" };
        var verb = new Command("host", "List, add or remove the host names of organisations. A server may be running.")
        {
            name,
            organisation,
            remove,
            DataFolder,
            Connection,
        };
        verb.SetAction(
            (parsed, token) =>
                OnExistingDatabaseAsync(
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
                )
        );
        return verb;
    }

    private static Option<OrganisationId?> OrganisationOption(string description) =>
        new("--organisation")
        {
            Description = description,
            HelpName = "ID",
            CustomParser = result =>
            {
                if (IdText.TryParse(result.Tokens[0].Value, "D", out OrganisationId id))
                    return id;
                result.AddError($"'{result.Tokens[0].Value}' is not a UUID.");
                return null;
            },
        };

    private static Command OpenApiVerb(TextWriter output)
    {
        var file = new Option<string?>("--output")
        {
            Description = "Write to this file instead of standard output",
            HelpName = "FILE",
        };
        var verb = new Command("openapi", "Write the OpenAPI document.") { file };
        verb.SetAction((parsed, token) => OpenApi.RunAsync(parsed.GetValue(file), output, token));
        return verb;
    }

    // Runs a verb over the named database, or over the private one, whether a server runs on it or not. A verb that
    // migrates does so as the owner of the tables.
    private static async Task<int> OnDatabaseAsync(
        ParseResult parsed,
        TextWriter output,
        Func<NpgsqlDataSource, TextWriter, CancellationToken, Task<int>> run,
        CancellationToken token,
        bool asOwner = false
    )
    {
        var named = ConnectionOf(parsed);
        await using var local = named is null
            ? await LocalPostgres.JoinAsync(new LocalPostgresOptions(parsed.GetRequiredValue(DataFolder)), token)
            : null;
        var connection = named ?? local!.ConnectionString;
        await using var source = asOwner ? Database.OpenAsOwner(connection) : Database.Open(connection, NoLimit);
        return await run(source, output, token);
    }

    private static Task<int> OnOwnedDatabaseAsync(
        ParseResult parsed,
        TextWriter output,
        Func<NpgsqlDataSource, TextWriter, CancellationToken, Task<int>> run,
        CancellationToken token
    ) => OnDatabaseAsync(parsed, output, run, token, asOwner: true);

    // Runs a verb that needs an existing database. It would find nothing in a new one, so none is created.
    private static Task<int> OnExistingDatabaseAsync(
        ParseResult parsed,
        TextWriter output,
        Func<NpgsqlDataSource, TextWriter, CancellationToken, Task<int>> run,
        CancellationToken token
    )
    {
        if (ConnectionOf(parsed) is null)
            RequireCluster(parsed.GetRequiredValue(DataFolder));
        return OnDatabaseAsync(parsed, output, run, token);
    }

    private static void RequireCluster(string folder)
    {
        if (Directory.Exists(folder) && new ClusterFolders(folder).ClusterVersion is not null)
            return;
        throw new OperatingException(
            $"There is no database in {folder}. Pass its folder with --data, or a database with --database."
        );
    }

    private static int Count(ArgumentResult result, int min)
    {
        if (int.TryParse(result.Tokens[0].Value, out var count) && count >= min)
            return count;
        result.AddError($"'{result.Tokens[0].Value}' is not a whole number of at least {min}.");
        return min;
    }

    private static string? ConnectionOf(ParseResult parsed) =>
        parsed.GetValue(Connection) ?? Setting.Variable(Database.EnvironmentVariable);
}

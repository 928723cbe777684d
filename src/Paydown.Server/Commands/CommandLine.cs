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
        Description = "The data directory: the private PostgreSQL cluster and the keys; also PAYDOWN_DATA",
        HelpName = "DIR",
        DefaultValueFactory = _ => Named("PAYDOWN_DATA") ?? ServerOptions.DefaultDataDirectory,
    };

    // Its default is read where it is used, not here: the help shows defaults, and this one may hold a password.
    private static readonly Option<string?> Connection = new("--database")
    {
        Description = "A PostgreSQL of your own in place of the private one: Host=…;Database=… or postgres://…; "
            + $"also {Database.EnvironmentVariable}",
        HelpName = "CONNECTION",
    };

    /// <summary>Reads the arguments, does what they say, and says in words what went wrong.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Paydown, an open-source loan-repayment server.")
        {
            ServeVerb(output), MigrateVerb(output), DemoVerb(output), AuditVerb(output), SimulateVerb(output, error),
            ImportVerb(output), OpenApiVerb(output),
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
        catch (OperatingException trouble)
        {
            await error.WriteLineAsync($"paydown: {trouble.Message}");
            return FailureOf(parsed);
        }
        catch (NpgsqlException trouble)
        {
            var what = DatabaseFailures.IsAway(trouble) ? "does not answer" : "does not do what is asked";
            await error.WriteLineAsync($"paydown: The database {what}: {trouble.Message}");
            return FailureOf(parsed);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    private static int FailureOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Name == "audit" ? NotAudited : Failed;

    private static Command ServeVerb(TextWriter output)
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Where to listen; several are separated by semicolons",
            HelpName = "URLS",
            DefaultValueFactory = _ => ServerOptions.DefaultUrl,
        };
        var demo = new Option<bool>("--demo") { Description = "Load the demo lender, once, and say how to try it" };
        var requests = new Option<int>("--requests-per-second")
        {
            Description = "How often one customer may call; staff and API tokens ten times as often; 0: no limit; "
                + "also PAYDOWN_REQUESTS_PER_SECOND",
            HelpName = "N",
            CustomParser = result => Count(result, CallerLimitOptions.Unlimited),
            DefaultValueFactory = RequestsPerSecondDefault,
        };
        var payments = new Option<string?>("--payments")
        {
            Description = "Who carries money to bank accounts: sandbox (moves none), files (over a folder) or none; "
                + "also PAYDOWN_PAYMENTS; else files where there is a folder, the sandbox with --demo",
            HelpName = "KIND",
        };
        var folder = new Option<string?>("--payments-folder")
        {
            Description = "The folder that is shared with the bank; also PAYDOWN_PAYMENTS_FOLDER",
            HelpName = "DIR",
        };
        var verb = new Command("serve", "Start the server.")
        {
            urls, DataFolder, Connection, demo, requests, payments, folder,
        };
        verb.SetAction((parsed, token) => Serve.RunAsync(
            parsed.GetRequiredValue(urls)
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            parsed.GetRequiredValue(DataFolder),
            ConnectionOf(parsed),
            parsed.GetValue(demo),
            new CallerLimitOptions { RequestsPerSecond = parsed.GetValue(requests) },
            PaymentChoice.Read(
                parsed.GetValue(payments) ?? Named("PAYDOWN_PAYMENTS"),
                parsed.GetValue(folder) ?? Named("PAYDOWN_PAYMENTS_FOLDER"),
                parsed.GetValue(demo)),
            output,
            token));
        return verb;
    }

    private static int RequestsPerSecondDefault(ArgumentResult result)
    {
        const string Variable = "PAYDOWN_REQUESTS_PER_SECOND";
        if (Named(Variable) is not { } text) return new CallerLimitOptions().RequestsPerSecond;
        if (int.TryParse(text, out var count) && count >= CallerLimitOptions.Unlimited) return count;
        result.AddError($"{Variable} is '{text}', which is not a whole number from 0.");
        return CallerLimitOptions.Unlimited;
    }

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
        verb.SetAction((parsed, token) => parsed.GetValue(loans) is { } loanCount
            ? WithDatabaseAsync(
                parsed, output,
                (source, writer, stop) =>
                    Portfolio.RunAsync(source, loanCount, parsed.GetValue(repayments), writer, stop), token)
            : WithDatabaseAsync(parsed, output, Demo.RunAsync, token));
        return verb;
    }

    private static Command AuditVerb(TextWriter output)
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON document in place of lines" };
        var verb = new Command("audit", "Recompute every loan and check every law of the books; a server may run.")
        {
            DataFolder, Connection, json,
        };
        verb.SetAction((parsed, token) =>
        {
            // It changes nothing, so it makes no database either.
            if (ConnectionOf(parsed) is null) RequireCluster(parsed.GetRequiredValue(DataFolder));
            return WithDatabaseAsync(
                parsed, output, (source, to, stop) => Audit.RunAsync(source, to, parsed.GetValue(json), stop), token);
        });
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
            "simulate", $"Play scenarios of loans through the rules, without a database. {Simulate.ExitCodes}")
        {
            paths, check, json,
        };
        verb.SetAction(parsed => Simulate.Run(
            parsed.GetRequiredValue(paths), parsed.GetValue(check), parsed.GetValue(json), output, error));
        return verb;
    }

    private static Command ImportVerb(TextWriter output)
    {
        var file = new Argument<string>("file") { Description = "Products, as JSON (docs/products.example.json)" };
        var organisation = new Option<Guid?>("--organisation")
        {
            Description = "Whose products they are; needed where there are several organisations",
            HelpName = "ID",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be done" };
        var json = new Option<bool>("--json") { Description = "Write one JSON document in place of lines" };
        var verb = new Command("import", "Make and change the products of a file, all or none; a server may run.")
        {
            file, organisation, dryRun, json, DataFolder, Connection,
        };
        verb.SetAction((parsed, token) =>
        {
            // There are no products without an organisation, so it makes no database.
            if (ConnectionOf(parsed) is null) RequireCluster(parsed.GetRequiredValue(DataFolder));
            return WithDatabaseAsync(
                parsed, output,
                (source, to, stop) => ImportProducts.RunAsync(
                    source, parsed.GetRequiredValue(file), parsed.GetValue(organisation), parsed.GetValue(dryRun),
                    parsed.GetValue(json), to, stop), token);
        });
        return verb;
    }

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
        CancellationToken token)
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
        if (Directory.Exists(folder) && new ClusterFolders(folder).ClusterVersion is not null) return;
        throw new OperatingException(
            $"There is no database in {folder}. Name its folder with --data, or a database with --database.");
    }

    private static int Count(ArgumentResult result, int min)
    {
        if (int.TryParse(result.Tokens[0].Value, out var count) && count >= min) return count;
        result.AddError($"'{result.Tokens[0].Value}' is not a whole number from {min}.");
        return min;
    }

    private static string? ConnectionOf(ParseResult parsed) =>
        parsed.GetValue(Connection) ?? Named(Database.EnvironmentVariable);

    private static string? Named(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Npgsql;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>Runs a verb over the database that its command line names.</summary>
internal delegate Task<int> OnDatabase(
    ParseResult parsed,
    TextWriter output,
    Func<NpgsqlDataSource, TextWriter, CancellationToken, Task<int>> run,
    CancellationToken token
);

/// <summary>
/// <c>paydown setup</c>: migrates a database and creates its first lender with a manager. If there is a lender already,
/// nothing is changed.
/// </summary>
internal static class SetupVerb
{
    private const int Misused = 2;

    // "setup", so two that run at the same moment create one lender.
    private const long SetupLock = 0x73_65_74_75_70;

    /// <summary>The verb.</summary>
    /// <param name="dataFolder">The option of the data directory, shared with other verbs.</param>
    /// <param name="connection">The option of the database, shared with other verbs.</param>
    /// <param name="connectionOf">Returns the connection string; null for the private database.</param>
    /// <param name="onDatabase">Runs the verb as the owner of the tables.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="error">Receives warnings, and what is wrong with the command line.</param>
    public static Command Create(
        Option<string> dataFolder,
        Option<string?> connection,
        Func<ParseResult, string?> connectionOf,
        OnDatabase onDatabase,
        TextWriter output,
        TextWriter error
    )
    {
        var options = new LenderOptions();
        var json = new Option<bool>("--json") { Description = "Write one JSON document instead of lines" };
        var verb = new Command(
            "setup",
            "Create the first lender and its manager on an empty database. Without options it asks for everything."
        );
        options.AddTo(verb);
        foreach (var option in (Option[])[json, dataFolder, connection])
            verb.Add(option);
        verb.SetAction(
            (parsed, token) =>
                ReportingUsageAsync(
                    error,
                    () =>
                    {
                        var questions = Questions.OfConsole;
                        // With a wrong command line, no database is created.
                        var isNew = connectionOf(parsed) is null && !HasCluster(parsed.GetRequiredValue(dataFolder));
                        var lender = isNew ? options.Read(parsed, questions) : null;
                        return onDatabase(
                            parsed,
                            output,
                            async (source, to, stop) =>
                            {
                                var result = await RunAsync(
                                    source,
                                    () => lender ?? options.Read(parsed, questions),
                                    stop
                                );
                                await WriteAsync(result, parsed.GetValue(json), to, error);
                                return 0;
                            },
                            token
                        );
                    }
                )
        );
        return verb;
    }

    private static bool HasCluster(string folder) =>
        Directory.Exists(folder) && new ClusterFolders(folder).ClusterVersion is not null;

    /// <summary>Runs a verb; if its command line is wrong, says so and returns 2.</summary>
    public static async Task<int> ReportingUsageAsync(TextWriter error, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (UsageException exception)
        {
            await error.WriteLineAsync(exception.Message);
            await error.WriteLineAsync("See --help for all options.");
            return Misused;
        }
    }

    /// <summary>Migrates, and creates a lender unless there is one.</summary>
    /// <param name="source">The database, as the owner of the tables.</param>
    /// <param name="read">Returns the lender to create.</param>
    /// <param name="token">Stops it; nothing is created then.</param>
    internal static async Task<LenderResult> RunAsync(
        NpgsqlDataSource source,
        Func<NewLender> read,
        CancellationToken token
    )
    {
        await new Migrator(source, TimeProvider.System).ApplyAsync(token);
        await using (var reading = await source.OpenConnectionAsync(token))
        {
            if (await OrganisationStore.ListAsync(reading, token) is [var first, ..])
                return LenderResult.OfExisting(first);
        }

        var lender = read();
        return await CreateAsync(source, lender, "paydown setup", isFirst: true, token);
    }

    /// <summary>Creates a lender with its manager and its products, all or nothing.</summary>
    /// <param name="source">The database.</param>
    /// <param name="lender">The lender.</param>
    /// <param name="verb">The command, for the audit trail.</param>
    /// <param name="isFirst">True to create it only if there is no other.</param>
    /// <param name="token">Stops it; nothing is created then.</param>
    internal static async Task<LenderResult> CreateAsync(
        NpgsqlDataSource source,
        NewLender lender,
        string verb,
        bool isFirst,
        CancellationToken token
    )
    {
        var password = PasswordHash.Create(lender.Password);
        await using var transaction = await WriteTransaction.BeginAsync(
            source,
            token,
            answerMax: Timeout.InfiniteTimeSpan
        );
        var session = transaction.Connection;
        await using (var locking = new NpgsqlCommand("select pg_advisory_xact_lock($1)", session))
        {
            locking.Parameters.Add(Sql.Value(SetupLock));
            await locking.ExecuteNonQueryAsync(token);
        }

        var existing = await OrganisationStore.ListAsync(session, token);
        if (existing.FirstOrDefault(one => isFirst || one.Name == lender.Name) is { } found)
            return LenderResult.OfExisting(found);
        var created = await lender.AddAsync(session, password, verb, TimeProvider.System, token);
        var products = lender.ProductsFile is { } file
            ? await ImportProducts.AddAsync(session, created.Settings, file, TimeProvider.System, token)
            : 0;
        await transaction.CommitAsync();
        return new LenderResult
        {
            IsNew = true,
            OrganisationId = created.Settings.Id,
            OrganisationName = created.Settings.Name,
            ManagerId = created.Manager.Id,
            ManagerEmail = created.Manager.Email,
            ProductCount = products,
            Warnings = lender.Warnings,
        };
    }

    /// <summary>Writes a result; warnings go to the error stream too, so a script's operator sees them.</summary>
    public static async Task WriteAsync(LenderResult result, bool json, TextWriter output, TextWriter error)
    {
        foreach (var warning in result.Warnings)
            await error.WriteLineAsync($"Warning: {warning}");
        await output.WriteLineAsync(json ? JsonSerializer.Serialize(result, Wire.Options) : result.ToText());
    }
}

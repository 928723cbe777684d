using System.CommandLine;
using Npgsql;
using Paydown.Server.Databases;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// Runs a verb over the database named by <see cref="SharedOptions.Connection"/>, or over the private one in
/// <see cref="SharedOptions.DataFolder"/>. A server may be running on it.
/// </summary>
internal static class OnDatabase
{
    // Requests have a time limit; what an operator starts has none.
    private const int NoLimit = 0;

    /// <summary>A verb's work: receives the database and the standard output, and returns the exit code.</summary>
    public delegate Task<int> Work(NpgsqlDataSource db, TextWriter output, CancellationToken cancellation);

    /// <summary>Runs a verb that needs an existing database. It would find nothing in a new one.</summary>
    /// <exception cref="OperatingException">There is no private database in the folder.</exception>
    public static Task<int> RunAsync(ParseResult parsed, Work work, CancellationToken cancellation)
    {
        var configuration = Configuration.Of(parsed);
        NamedDatabases.RefuseBoth(configuration);
        if (NamedDatabases.Find(parsed, configuration) is { } several)
            return OnEachAsync(several, parsed, work, text => Database.Open(text, NoLimit), cancellation);
        RequireDatabase(configuration);
        return RunAsync(parsed, configuration, work, text => Database.Open(text, NoLimit), cancellation);
    }

    /// <summary>
    /// Runs a verb that migrates, as the owner of the tables. If there is no private database in the folder, it is
    /// created.
    /// </summary>
    public static Task<int> RunAsOwnerAsync(ParseResult parsed, Work work, CancellationToken cancellation)
    {
        var configuration = Configuration.Of(parsed);
        NamedDatabases.RefuseBoth(configuration);
        return NamedDatabases.Find(parsed, configuration) is { } several
            ? OnEachAsync(several, parsed, work, Database.OpenAsOwner, cancellation)
            : RunAsync(parsed, configuration, work, Database.OpenAsOwner, cancellation);
    }

    // One after the other. A database that is away does not hide what the others say.
    private static async Task<int> OnEachAsync(
        IReadOnlyList<NamedDatabase> several,
        ParseResult parsed,
        Work work,
        Func<string, NpgsqlDataSource> open,
        CancellationToken cancellation
    )
    {
        var (output, worst) = (parsed.InvocationConfiguration.Output, 0);
        foreach (var database in several)
        {
            if (several.Count > 1 && !NamedDatabases.IsJson(parsed))
                await output.WriteLineAsync($"{database.Name}:");
            await using var db = open(database.ConnectionString);
            try
            {
                worst = Math.Max(worst, await work(db, output, cancellation));
            }
            catch (Exception exception) when (several.Count > 1 && IsOutage(exception))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    $"paydown: {database.Name}: {DatabaseFailures.Describe(exception)}"
                );
                worst = Math.Max(worst, ((Verb)parsed.CommandResult.Command).Failed);
            }
        }

        return worst;
    }

    private static bool IsOutage(Exception exception) => exception is OperatingException or NpgsqlException;

    /// <summary>Runs a verb that opens an existing database by its connection string.</summary>
    /// <exception cref="OperatingException">There is no private database in the folder.</exception>
    public static Task<int> ConnectAsync(
        Configuration configuration,
        Func<string, Task<int>> work,
        CancellationToken cancellation
    )
    {
        RequireDatabase(configuration);
        return JoinAsync(configuration, work, cancellation);
    }

    private static Task<int> RunAsync(
        ParseResult parsed,
        Configuration configuration,
        Work work,
        Func<string, NpgsqlDataSource> open,
        CancellationToken cancellation
    ) =>
        JoinAsync(
            configuration,
            async connection =>
            {
                await using var db = open(connection);
                return await work(db, parsed.InvocationConfiguration.Output, cancellation);
            },
            cancellation
        );

    /// <summary>
    /// Runs a verb over a database by its connection string. If there is no private database in the folder, it is
    /// created.
    /// </summary>
    public static async Task<int> JoinAsync(
        Configuration configuration,
        Func<string, Task<int>> work,
        CancellationToken cancellation
    )
    {
        var named = configuration.Get(SharedOptions.Connection);
        await using var local = named is null
            ? await LocalPostgres.JoinAsync(
                new LocalPostgresOptions(configuration.Get(SharedOptions.DataFolder)),
                cancellation
            )
            : null;
        return await work(named ?? local!.ConnectionString);
    }

    private static void RequireDatabase(Configuration configuration)
    {
        if (configuration.Get(SharedOptions.Connection) is not null)
            return;
        var folder = configuration.Get(SharedOptions.DataFolder);
        if (Directory.Exists(folder) && new ClusterFolders(folder).ClusterVersion is not null)
            return;
        throw new OperatingException(
            $"There is no database in {folder}. Pass its folder with --data, or a database with --database."
        );
    }
}

using System.CommandLine;
using Npgsql;
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
        if (configuration.Get(SharedOptions.Connection) is null)
            RequireCluster(configuration.Get(SharedOptions.DataFolder));
        return RunAsync(parsed, configuration, work, text => Database.Open(text, NoLimit), cancellation);
    }

    /// <summary>
    /// Runs a verb that migrates, as the owner of the tables. If there is no private database in the folder, it is
    /// created.
    /// </summary>
    public static Task<int> RunAsOwnerAsync(ParseResult parsed, Work work, CancellationToken cancellation) =>
        RunAsync(parsed, Configuration.Of(parsed), work, Database.OpenAsOwner, cancellation);

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Configuration configuration,
        Work work,
        Func<string, NpgsqlDataSource> open,
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
        await using var db = open(named ?? local!.ConnectionString);
        return await work(db, parsed.InvocationConfiguration.Output, cancellation);
    }

    private static void RequireCluster(string folder)
    {
        if (Directory.Exists(folder) && new ClusterFolders(folder).ClusterVersion is not null)
            return;
        throw new OperatingException(
            $"There is no database in {folder}. Pass its folder with --data, or a database with --database."
        );
    }
}

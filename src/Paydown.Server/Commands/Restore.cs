using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>Restores a backup into an empty database, upgrades its schema if needed, and audits the books.</summary>
internal static class Restore
{
    // The beginning of every file in the custom format of pg_dump.
    private static readonly byte[] Magic = "PGDMP"u8.ToArray();

    // Nothing of anybody's may be lost: a single table, view or sequence is reason enough to stop.
    private const string FindContent = """
        select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
        """;

    // The backup grants rights to the role. Another database of the cluster may have it already.
    private const string CreateRole = $"""
        do $$
        begin
          create role {Database.ApplicationRole} nologin;
          execute format('grant {Database.ApplicationRole} to %I', current_user);
        exception when duplicate_object or unique_violation or insufficient_privilege then null;
        end $$
        """;

    private const string HasRole = $"select exists (select from pg_roles where rolname = '{Database.ApplicationRole}')";

    /// <summary>Returns the full path of a backup.</summary>
    /// <exception cref="OperatingException">It cannot be read, or is no backup.</exception>
    public static string Check(string file)
    {
        var path = Path.GetFullPath(file);
        try
        {
            using var stream = File.OpenRead(path);
            var begin = new byte[Magic.Length];
            if (stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == Magic.Length)
            {
                if (begin.AsSpan().SequenceEqual(Magic))
                    return path;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatingException($"Cannot read {path}: {exception.Message}", exception);
        }
        throw new OperatingException($"{path} is not a backup. Expected a file of paydown backup.");
    }

    /// <summary>Restores a file, all of it or nothing.</summary>
    /// <param name="connectionString">The empty database; the login owns it.</param>
    /// <param name="path">The backup.</param>
    /// <param name="json">True to write the result of the audit as JSON.</param>
    /// <param name="output">Receives the steps and the result of the audit.</param>
    /// <param name="cancellation">Stops the restore.</param>
    /// <returns>0, or 1 if the audit finds breaches.</returns>
    /// <exception cref="OperatingException">The database is not empty, or <c>pg_restore</c> fails.</exception>
    public static async Task<int> RunAsync(
        string connectionString,
        string path,
        bool json,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        await using (var owner = Database.OpenAsOwner(connectionString))
        {
            await RequireEmptyAsync(owner, cancellation);
            await WriteTransaction.RunAsync(owner, CreateRole, cancellation);
            // Without the role, the application runs as the owner, as after a migration that could not create it.
            string[] rights = await HasRoleAsync(owner, cancellation) ? [] : ["--no-acl"];
            var connection = Database.Read(connectionString);
            await PostgresClient.RunAsync(
                "pg_restore",
                connection,
                await Backup.ServerVersionAsync(owner, cancellation),
                [
                    "--no-owner",
                    "--single-transaction",
                    "--exit-on-error",
                    .. rights,
                    $"--dbname={connection.Database ?? connection.Username}",
                    path,
                ],
                cancellation
            );
            await new Migrator(owner, TimeProvider.System).ApplyAsync(cancellation);
            await WriteTransaction.RunAsync(owner, "analyze", cancellation);
        }
        if (!json)
            await output.WriteLineAsync($"{path} is restored. Auditing the books.");
        await using var db = Database.Open(connectionString, commandTimeoutSeconds: 0);
        return await Audit.RunAsync(db, output, json, cancellation);
    }

    private static async Task RequireEmptyAsync(NpgsqlDataSource owner, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(FindContent);
        if ((long)(await command.ExecuteScalarAsync(cancellation))! > 0)
            throw new OperatingException(
                "The database is not empty, so nothing was restored. Name a new folder with --data, or an empty database "
                    + "with --database (createdb)."
            );
    }

    private static async Task<bool> HasRoleAsync(NpgsqlDataSource owner, CancellationToken cancellation)
    {
        await using var command = owner.CreateCommand(HasRole);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}

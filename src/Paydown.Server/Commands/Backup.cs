using System.Text.Json;
using Npgsql;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>Writes a database to a file with <c>pg_dump</c>, in its custom format.</summary>
internal static class Backup
{
    /// <summary>Writes the file. It appears under its name when it is complete.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="file">The new file.</param>
    /// <param name="json">True to write the result as JSON.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="cancellation">Stops the backup and removes the unfinished file.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperatingException">
    /// The file exists or cannot be written, the schema does not match, or <c>pg_dump</c> fails.
    /// </exception>
    public static async Task<int> RunAsync(
        string connectionString,
        string file,
        bool json,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var path = Path.GetFullPath(file);
        if (File.Exists(path) || Directory.Exists(path))
            throw new OperatingException($"{path} exists. Name a new file.");
        await using var db = Database.OpenAsOwner(connectionString);
        await new Migrator(db, TimeProvider.System).RequireCurrentAsync(cancellation);
        var version = await ServerVersionAsync(db, cancellation);
        var unfinished = $"{path}.unfinished";
        CreateForOwnerOnly(unfinished);
        try
        {
            await PostgresClient.RunAsync(
                "pg_dump",
                Database.Read(connectionString),
                version,
                ["--format=custom", "--no-owner", $"--file={unfinished}"],
                cancellation
            );
            File.Move(unfinished, path);
        }
        finally
        {
            File.Delete(unfinished);
        }
        var bytes = new FileInfo(path).Length;
        var text = json
            ? JsonSerializer.Serialize(new { File = path, Bytes = bytes }, Wire.Options)
            : $"{path} has the database, {bytes / 1024.0 / 1024.0:N1} MiB. Restore it with paydown restore.";
        await output.WriteLineAsync(text.AsMemory(), cancellation);
        return 0;
    }

    /// <summary>The major version of the server.</summary>
    public static async Task<int> ServerVersionAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("select current_setting('server_version_num')::int / 10000");
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static void CreateForOwnerOnly(string path)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using var created = new FileStream(path, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatingException($"Cannot write {path}: {exception.Message}", exception);
        }
    }
}

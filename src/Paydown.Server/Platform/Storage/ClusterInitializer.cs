namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Creates a private cluster, as a whole or not at all. It is created under a temporary name and renamed at the end, so
/// an interrupted start leaves nothing that looks like a database.
/// </summary>
internal sealed class ClusterInitializer(
    LocalPostgresOptions options,
    ClusterFolders folders,
    PostgresPrograms programs,
    PostgresAccount? account
)
{
    private readonly string growing = folders.Cluster + ".new";

    /// <summary>Creates the cluster with the role and the database of the application.</summary>
    public async Task MakeAsync(CancellationToken token)
    {
        if (Directory.Exists(growing))
            Directory.Delete(growing, recursive: true);
        Directory.CreateDirectory(growing, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (account is not null)
            await account.GiveAsync(growing, token);

        await RunAsync(
            [
                programs.Initdb,
                "--pgdata",
                growing,
                "--username",
                "postgres",
                "--encoding",
                "UTF8",
                "--locale",
                "C.UTF-8",
                "--data-checksums",
                "--auth-local",
                "trust",
                "--auth-host",
                "reject",
                "--no-instructions",
                .. options.IsDurable ? Array.Empty<string>() : ["--no-sync"],
            ],
            "",
            token
        );
        await File.AppendAllTextAsync(Path.Combine(growing, "postgresql.conf"), Configuration(), token);
        // The role is not a superuser: it owns its database and has no access to anything else.
        await RunAsync(
            [programs.Postgres, "--single", "-D", growing, "-c", "port=5432", "postgres"],
            $"CREATE ROLE {Database.ApplicationRole};\n"
                + $"CREATE ROLE paydown LOGIN IN ROLE {Database.ApplicationRole};\n"
                + "CREATE DATABASE paydown OWNER paydown;\n",
            token
        );
        Directory.Move(growing, folders.Cluster);
    }

    private async Task RunAsync(string[] commandLine, string input, CancellationToken token)
    {
        var outcome = await ChildProgram.RunAsync(account?.Wrap(commandLine) ?? commandLine, token, input);
        // In single-user mode PostgreSQL reports a failed statement and still exits with 0.
        if (outcome.IsSuccess && !outcome.Output.Contains("ERROR:", StringComparison.Ordinal))
            return;
        throw new OperatingException($"The database could not be created: {outcome.Output}");
    }

    private string Configuration() =>
        $"""

            # Paydown's settings for its private cluster. Restart the server after a change.
            # The socket, fsync, full_page_writes and synchronous_commit are given at the start and cannot be changed here.
            max_connections = {options.ConnectionsMax}
            shared_buffers = 192MB
            wal_buffers = 16MB
            min_wal_size = 128MB
            max_wal_size = 1GB
            checkpoint_completion_target = 0.9
            random_page_cost = 1.1
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%m [%p] '
            log_checkpoints = off
            idle_in_transaction_session_timeout = 60s

            """;
}

using System.Diagnostics;
using Npgsql;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace Paydown.Server.Tests;

/// <summary>
/// The one PostgreSQL of a test run: a real cluster in a temporary folder, with a migrated template database that
/// every test class copies. It goes when the run ends, however that ends.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    private const string Template = "migrated";

    private readonly string folder = Directory.CreateTempSubdirectory("paydown-tests-").FullName;
    private LocalPostgres? postgres;
    private NpgsqlDataSource? administrator;
    private Process? undertaker;
    private int databases;

    /// <summary>Reaches the cluster as its superuser.</summary>
    public string AdministratorConnectionString => postgres!.AdministratorConnectionString;

    /// <summary>What the cluster logs.</summary>
    public string LogPath => Path.Combine(folder, "postgres.log");

    public async ValueTask InitializeAsync()
    {
        postgres = await LocalPostgres.StartAsync(
            // Nothing here outlives the run, and the disk is most of what a small test waits for.
            new LocalPostgresOptions(folder) { IsDurable = false, ConnectionsMax = 300 },
            TestContext.Current.CancellationToken
        );
        undertaker = StartUndertaker(postgres.ProcessId);
        administrator = NpgsqlDataSource.Create(AdministratorConnectionString);
        await MakeTemplateAsync();
    }

    /// <summary>A database of its own for a test class, migrated and empty.</summary>
    /// <returns>Its connection string, as the role that the application uses.</returns>
    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync(Template);

    /// <summary>A database of its own without any schema.</summary>
    public Task<string> CreateBareDatabaseAsync() => CreateDatabaseAsync("template1");

    public async ValueTask DisposeAsync()
    {
        if (administrator is not null)
            await administrator.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (postgres is not null)
            await postgres.DisposeAsync();
        if (undertaker is null)
            return;
        undertaker.StandardInput.Close();
        await undertaker.WaitForExitAsync();
        undertaker.Dispose();
    }

    private async Task<string> CreateDatabaseAsync(string template)
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} OWNER paydown TEMPLATE {template} STRATEGY file_copy");
        return new NpgsqlConnectionStringBuilder(postgres!.ConnectionString)
        {
            Database = name,
            IncludeErrorDetail = true,
            MaxPoolSize = 20,
        }.ConnectionString;
    }

    private async Task MakeTemplateAsync()
    {
        await ExecuteAsync($"CREATE DATABASE {Template} OWNER paydown STRATEGY file_copy");
        // Without a pool: a database that anybody is connected to cannot be copied.
        var connection = new NpgsqlConnectionStringBuilder(postgres!.ConnectionString)
        {
            Database = Template,
            Pooling = false,
        };
        await using var source = NpgsqlDataSource.Create(connection.ConnectionString);
        await new Migrator(source, TimeProvider.System).ApplyAsync(TestContext.Current.CancellationToken);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = administrator!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    // However the run ends, this pipe closes then; the shell at its other end reads no more and clears up.
    private Process StartUndertaker(int postmaster)
    {
        var start = new ProcessStartInfo(
            "setsid",
            ["sh", "-c", "read -r _; kill -QUIT $1 2>/dev/null; rm -rf \"$2\"", "sh", $"{postmaster}", folder]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }
}

using System.Diagnostics;
using Npgsql;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace Paydown.Server.Tests;

/// <summary>
/// The PostgreSQL cluster of a test run, in a temporary folder, with a migrated template database that test classes
/// copy. It is removed when the run ends, however that ends.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    private const string Template = "migrated";

    private readonly string folder = Directory.CreateTempSubdirectory("paydown-tests-").FullName;
    private LocalPostgres? postgres;
    private NpgsqlDataSource? administrator;
    private Process? undertaker;
    private int databases;

    /// <summary>The connection string of the superuser.</summary>
    public string AdministratorConnectionString => postgres!.AdministratorConnectionString;

    /// <summary>The path of the cluster's log.</summary>
    public string LogPath => Path.Combine(folder, "postgres.log");

    public async ValueTask InitializeAsync()
    {
        postgres = await LocalPostgres.StartAsync(
            // Nothing outlives the run, and small tests mostly wait for the disk.
            new LocalPostgresOptions(folder) { IsDurable = false, ConnectionsMax = 300 },
            TestContext.Current.CancellationToken
        );
        undertaker = StartCleaner(postgres.ProcessId);
        administrator = NpgsqlDataSource.Create(AdministratorConnectionString);
        await MakeTemplateAsync();
    }

    /// <summary>Creates a migrated, empty database for a test class.</summary>
    /// <returns>The connection string with the application's role.</returns>
    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync(Template);

    /// <summary>Creates a database without a schema.</summary>
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
        // Without a pool, because a database with open connections cannot be copied.
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

    // This pipe closes however the run ends, and the shell at its other end then cleans up.
    private Process StartCleaner(int postmaster)
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

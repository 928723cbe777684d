using Npgsql;
using Paydown.Server.Platform.Storage;
using Xunit;

namespace Paydown.Server.Tests;

/// <summary>A migrated, empty database for one test class: take it as a class fixture.</summary>
public sealed class TestDatabase(TestCluster cluster) : IAsyncLifetime
{
    /// <summary>The connection string with the application's role.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>A connection pool with the server's settings.</summary>
    public NpgsqlDataSource DataSource { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await cluster.CreateDatabaseAsync();
        DataSource = Database.Open(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (DataSource is not null)
            await DataSource.DisposeAsync();
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

public sealed class HealthTests(TestCluster cluster) : IAsyncLifetime
{
    private string connectionString = "";
    private WebApplication application = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        connectionString = await cluster.CreateDatabaseAsync();
        application = ServerHost.Build(
            new ServerOptions { Urls = ["http://127.0.0.1:0"], ConnectionString = connectionString }
        );
        await application.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await application.DisposeAsync();
    }

    [Fact]
    public async Task A_server_with_the_right_schema_is_ready()
    {
        await ShouldAnswerAsync("/health/live", HttpStatusCode.OK, "SUCCESS");
        await ShouldAnswerAsync("/health/ready", HttpStatusCode.OK, "SUCCESS");
    }

    [Fact]
    public async Task A_server_whose_database_a_newer_one_migrated_is_alive_and_not_ready()
    {
        await ExecuteAsync(
            connectionString,
            "INSERT INTO schema_migrations VALUES (9999, '9999_newer', 'unknown', now())"
        );
        await ShouldAnswerAsync("/health/live", HttpStatusCode.OK, "SUCCESS");
        await ShouldAnswerAsync("/health/ready", HttpStatusCode.ServiceUnavailable, "belongs to another version");
    }

    [Fact]
    public async Task A_server_whose_database_does_not_answer_is_alive_and_not_ready()
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync(cluster.AdministratorConnectionString, $"ALTER DATABASE {database} CONNECTION LIMIT 0");
        await ExecuteAsync(
            cluster.AdministratorConnectionString,
            $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'"
        );
        await ShouldAnswerAsync("/health/live", HttpStatusCode.OK, "SUCCESS");
        await ShouldAnswerAsync("/health/ready", HttpStatusCode.ServiceUnavailable, "does not answer");
    }

    private async Task ShouldAnswerAsync(string path, HttpStatusCode status, string text)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.ShouldBe(status);
        // The response escapes the apostrophe.
        (await answer.Content.ReadAsStringAsync())
            .Replace("\\u0027", "'")
            .ShouldContain(text);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

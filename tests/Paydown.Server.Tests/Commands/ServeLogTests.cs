using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>The log of the program on standard output.</summary>
public sealed class ServeLogTests(TestCluster cluster)
{
    [Fact]
    public async Task Every_request_has_a_log_line_with_all_that_an_operator_needs()
    {
        var lines = await RunAsync(["--log-format", "json", "--log-level", "information"], CallAsync);
        var said = lines
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        foreach (var line in said)
        {
            DateTimeOffset
                .ParseExact(Text(line, "time"), "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
                .ShouldNotBe(default);
            Text(line, "level").ShouldBeOneOf("Information", "Warning", "Error");
        }

        var access = said.Where(line => Text(line, "category") == "Paydown.Access").ToList();
        access.ShouldContain(line => Text(line, "route") == "GET /health/live" && Number(line, "status") == 200);
        access.ShouldContain(line =>
            Text(line, "route") == "GET (no route)"
            && Number(line, "status") == 404
            && Text(line, "interactionId") == "log-404"
        );
        access.ShouldContain(line =>
            Text(line, "route") == "PUT securitymanagement/login"
            && Number(line, "status") == 401
            && Text(line, "interactionId") == "log-login"
        );
        access.ShouldAllBe(line => line.GetProperty("durationMs").GetDecimal() >= 0);

        var refused = said.Where(line =>
                Text(line, "category") == "Paydown.Server.SignIn.Login" && Text(line, "Code") != ""
            )
            .ShouldHaveSingleItem();
        Text(refused, "level").ShouldBe("Warning");
        Text(refused, "Code").ShouldBe("INVALID_CREDENTIALS");
        Text(refused, "interactionId").ShouldBe("log-login");

        var failed = said.Where(line => Text(line, "level") == "Error").ShouldHaveSingleItem();
        Text(failed, "exception").ShouldContain("app_user");
        Text(failed, "interactionId").ShouldBe("log-500");
        Text(failed, "route").ShouldBe("PUT securitymanagement/login");
        Number(failed, "status").ShouldBe(500);
        string.Join('\n', lines).ShouldNotContain("somebody@example.com", Case.Insensitive);
        string.Join('\n', lines).ShouldNotContain("192.0.2.77");
    }

    [Fact]
    public async Task By_default_only_warnings_and_errors_are_logged_as_text()
    {
        var lines = await RunAsync([], CallAsync);
        var said = lines.Where(line => line.Contains("Paydown.", StringComparison.Ordinal)).ToList();
        said.Count.ShouldBe(2, string.Join('\n', lines));
        said[0]
            .ShouldMatch(
                @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z WARN Paydown\.Server\.SignIn\.Login\[31\] "
                    + "A sign-in .*INVALID_CREDENTIALS"
                    + @" interactionId=log-login route=""PUT securitymanagement/login"" durationMs=[\d.]+$"
            );
        said[1].ShouldContain(" ERROR ");
        said[1].ShouldContain("interactionId=log-500");
        said[1].ShouldContain("status=500");
        said[1].ShouldContain("app_user");
    }

    private static async Task CallAsync(HttpClient http, string database)
    {
        async Task SendAsync(HttpMethod method, string path, string interaction, object? body, int status)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Add("x-fapi-interaction-id", interaction);
            request.Headers.Add("X-Forwarded-For", "192.0.2.77");
            if (body is not null)
                request.Content = JsonContent.Create(body);
            using var response = await http.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(status);
        }

        var login = new { email = "somebody@example.com", currentPassword = "Wrong-Horse-77" };
        await SendAsync(HttpMethod.Get, "/health/live", "log-live", null, 200);
        await SendAsync(HttpMethod.Get, "/secret/somebody@example.com", "log-404", null, 404);
        await SendAsync(HttpMethod.Put, "/api/v6/services/securitymanagement/login", "log-login", login, 401);
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var broken = source.CreateCommand("alter table app_user rename to app_user_away"))
            await broken.ExecuteNonQueryAsync();
        await SendAsync(HttpMethod.Put, "/api/v6/services/securitymanagement/login", "log-500", login, 500);
    }

    private async Task<IReadOnlyList<string>> RunAsync(string[] options, Func<HttpClient, string, Task> callAsync)
    {
        await using var folder = new ScratchFolder();
        var database = await cluster.CreateDatabaseAsync();
        var port = ServerProcess.FreePort();
        using var server = await ServerProcess.StartReadyAsync(folder, port, ["--database", database, .. options]);
        using var http = new HttpClient { BaseAddress = server.Address };
        await callAsync(http, database);
        await server.StopAsync();
        return server.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static int Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.GetInt32() : 0;
}

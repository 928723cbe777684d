using System.Net.Http.Json;
using System.Text.Json;
using Paydown.Server.Commands;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>A backup of a running server, and its restore elsewhere.</summary>
public sealed class BackupTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly ScratchFolder folder = new();
    private string database = null!;

    private string File => Path.Combine(folder.Path, "paydown.dump");

    public async ValueTask InitializeAsync()
    {
        database = await cluster.CreateDatabaseAsync();
        (await RunAsync("demo", "--database", database)).ExitCode.ShouldBe(0);
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task A_backup_of_a_running_server_is_restored_into_an_empty_database_audited_and_served()
    {
        using (
            var running = await ServerProcess.StartReadyAsync(folder, ServerProcess.FreePort(), "--database", database)
        )
        {
            var backup = await RunAsync("backup", File, "--database", database, "--json");
            backup.ExitCode.ShouldBe(0, backup.Error);
            var result = JsonDocument.Parse(backup.Output).RootElement;
            result.GetProperty("file").GetString().ShouldBe(File);
            result.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(File).Length);
            await ShouldSignInAsync(running);
        }
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var empty = await cluster.CreateBareDatabaseAsync();
        var restore = await RunAsync("restore", File, "--database", empty);
        restore.ExitCode.ShouldBe(0, restore.Error);
        restore.Output.ShouldContain("0 breaches");
        using var restored = await ServerProcess.StartReadyAsync(folder, ServerProcess.FreePort(), "--database", empty);
        await ShouldSignInAsync(restored);
    }

    [Fact]
    public async Task A_backup_is_restored_into_a_new_data_directory()
    {
        (await RunAsync("backup", File, "--database", database)).ExitCode.ShouldBe(0);
        var data = Path.Combine(folder.Path, "data");
        var restore = await RunAsync("restore", File, "--data", data, "--json");
        restore.ExitCode.ShouldBe(0, restore.Error);
        JsonDocument.Parse(restore.Output).RootElement.GetProperty("loans").GetInt32().ShouldBeGreaterThan(0);
        using var restored = await ServerProcess.StartReadyAsync(folder, ServerProcess.FreePort(), "--data", data);
        await ShouldSignInAsync(restored);
    }

    [Fact]
    public async Task Nothing_that_exists_is_overwritten()
    {
        (await RunAsync("backup", File, "--database", database)).ExitCode.ShouldBe(0);
        var again = await RunAsync("backup", File, "--database", database);
        again.ExitCode.ShouldBe(1);
        again.Error.ShouldContain("exists. Name a new file.");
        var restore = await RunAsync("restore", File, "--database", database);
        restore.ExitCode.ShouldBe(1);
        restore.Error.ShouldContain("The database is not empty, so nothing was restored.");
    }

    [Theory]
    [InlineData("no backup at all", "is not a backup")]
    [InlineData("PGDMP and then nothing of use", "pg_restore failed")]
    public async Task A_damaged_backup_leaves_the_database_empty(string content, string said)
    {
        await System.IO.File.WriteAllTextAsync(File, content);
        var empty = await cluster.CreateBareDatabaseAsync();
        var restore = await RunAsync("restore", File, "--database", empty);
        restore.ExitCode.ShouldBe(1);
        restore.Error.ShouldContain(said);
        (await RunAsync("audit", "--database", empty)).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_leaves_nothing_behind()
    {
        var backup = await RunAsync("backup", "/nowhere/to/be/made.dump", "--database", database);
        backup.ExitCode.ShouldBe(1);
        backup.Error.ShouldContain("Cannot write /nowhere/to/be/made.dump");
        (await RunAsync("backup", File, "--database", "Host=/nowhere;Timeout=1")).ExitCode.ShouldBe(1);
        Directory.GetFiles(folder.Path, "*.dump*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_asks_the_server_at_its_first_address()
    {
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        (await RunAsync("health", "--urls", url)).ExitCode.ShouldBe(1);
        using var server = await ServerProcess.StartReadyAsync(folder, new Uri(url).Port, "--database", database);
        var (exitCode, output, _) = await RunAsync("health", "--urls", url, "--json");
        exitCode.ShouldBe(0);
        JsonDocument.Parse(output).RootElement.GetProperty("isReady").GetBoolean().ShouldBeTrue();
    }

    private static async Task ShouldSignInAsync(ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var response = await http.PutAsJsonAsync(
            "/api/v6/services/securitymanagement/login",
            new { email = "customer@demo.example", currentPassword = "Password@1" }
        );
        ((int)response.StatusCode).ShouldBe(200);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

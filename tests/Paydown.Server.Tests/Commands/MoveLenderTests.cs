using System.Text.Json;
using Paydown.Server.Commands;
using Paydown.Server.Tests.Databases;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class MoveLenderTests(TwoDatabases both) : IClassFixture<TwoDatabases>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("paydown-move-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_dry_run_shows_the_rows_and_moves_nothing()
    {
        await Borrower.CreateAsync(both.North);
        var (exitCode, output, error) = await RunAsync("--to", "south", "--dry-run");
        exitCode.ShouldBe(0, error);
        output.ShouldContain("loan_account");
        output.ShouldContain("would go from north to south");
        (exitCode, output, error) = await RunAsync("--to", "south", "--dry-run", "--json");
        exitCode.ShouldBe(0, error);
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("from").GetString().ShouldBe("north");
        report.GetProperty("isDryRun").GetBoolean().ShouldBeTrue();
        report
            .GetProperty("tables")
            .EnumerateArray()
            .Single(one => one.GetProperty("table").GetString() == "organisation")
            .GetProperty("rows")
            .GetInt64()
            .ShouldBe(1);
        (await both.North.Lender.Manager.GetAsync("admin/loans")).ShouldSucceed();
    }

    [Fact]
    public async Task A_lender_that_is_there_stays_there()
    {
        var (exitCode, output, error) = await RunAsync("--to", "north");
        exitCode.ShouldBe(0, error);
        output.ShouldContain("is on north already");
    }

    [Theory]
    [InlineData("There is no database west", "--to", "west")]
    [InlineData("--to is missing")]
    public async Task A_wrong_command_line_is_refused(string message, params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(arguments);
        exitCode.ShouldNotBe(0);
        error.ShouldContain(message);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var file = Path.Combine(folder, "databases.json");
        await File.WriteAllTextAsync(
            file,
            $$"""
            { "databases": [ { "name": "north", "connection": "{{both.North.ConnectionString}}" },
                             { "name": "south", "connection": "{{both.South.ConnectionString}}" } ] }
            """
        );
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        string[] all =
        [
            "organisation",
            "move",
            "--databases",
            file,
            "--organisation",
            $"{both.North.Lender.Id}",
            .. arguments,
        ];
        var exitCode = await CommandLine.RunAsync(all, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

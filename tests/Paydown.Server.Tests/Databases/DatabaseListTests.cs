using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Databases;
using Paydown.Server.Platform;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Databases;

public sealed class DatabaseListTests(TestCluster cluster) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("paydown-databases-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_connection_may_be_in_a_file_beside_the_list()
    {
        File.WriteAllText(Path.Combine(folder, "south.secret"), "Host=south.example;Password=secret\n");
        var all = DatabaseList.Read(
            Write(
                """
                { "databases": [ { "name": "north", "connection": "Host=north.example" },
                                 { "name": "south", "connectionFile": "south.secret" } ] }
                """
            )
        );
        all.Select(one => one.Name).ShouldBe(["north", "south"]);
        all[1].ConnectionString.ShouldBe("Host=south.example;Password=secret");
        all[1].ToString().ShouldBe("south");
    }

    [Theory]
    [InlineData("{}", "at least one database")]
    [InlineData("""{ "databases": [ { "name": "a b", "connection": "Host=x" } ] }""", "letters a-z")]
    [InlineData("""{ "databases": [ { "name": "a" } ] }""", "either")]
    [InlineData("""{ "databases": [ { "name": "a", "conection": "Host=x" } ] }""", "not JSON of this form")]
    [InlineData("""{ "databases": [ { "name": "a", "connection": "Password=secret" } ] }""", "Host is missing")]
    [InlineData(
        """{ "databases": [ { "name": "a", "connection": "Host=x" }, { "name": "a", "connection": "Host=y" } ] }""",
        "twice"
    )]
    [InlineData(
        """{ "databases": [ { "name": "a", "connection": "Host=x" }, { "name": "b", "connection": "Host=x" } ] }""",
        "same database"
    )]
    public void A_wrong_list_is_refused_without_its_secrets(string text, string reason)
    {
        var message = Should.Throw<OperatingException>(() => DatabaseList.Read(Write(text))).Message;
        message.ShouldContain(reason);
        message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Verbs_take_all_databases_or_the_named_one()
    {
        var path = await WriteTwoAsync();
        var (exitCode, output, error) = await RunAsync("audit", "--databases", path);
        exitCode.ShouldBe(0, error);
        output.ShouldContain("north:");
        output.ShouldContain("south:");
        (exitCode, output, _) = await RunAsync("organisation", "list", "--databases", path, "--on", "south");
        exitCode.ShouldBe(0);
        output.ShouldNotContain("north");
        (exitCode, _, error) = await RunAsync("host", "loans.example.com", "--databases", path);
        exitCode.ShouldBe(1);
        error.ShouldContain("--on NAME");
        (exitCode, _, error) = await RunAsync("audit", "--databases", path, "--on", "west");
        exitCode.ShouldBe(2);
        error.ShouldContain("There is no database west. The file lists north, south.");
        (exitCode, _, error) = await RunAsync("audit", "--databases", path, "--database", "Host=x");
        exitCode.ShouldBe(2);
        error.ShouldContain("not both");
    }

    [Fact]
    public async Task A_database_that_is_away_fails_the_audit_but_not_that_of_the_others()
    {
        var north = await cluster.CreateDatabaseAsync();
        var missing = new NpgsqlConnectionStringBuilder(north) { Database = "nowhere" }.ConnectionString;
        var (exitCode, output, error) = await RunAsync("audit", "--databases", WriteTwo(missing, north));
        exitCode.ShouldBe(2);
        error.ShouldContain("north: ");
        output.ShouldContain("south:");
    }

    private async Task<string> WriteTwoAsync() =>
        WriteTwo(await cluster.CreateDatabaseAsync(), await cluster.CreateDatabaseAsync());

    private string WriteTwo(string north, string south) =>
        Write(
            $$"""
            { "databases": [ { "name": "north", "connection": "{{north}}" },
                             { "name": "south", "connection": "{{south}}" } ] }
            """
        );

    private string Write(string text)
    {
        var path = Path.Combine(folder, "databases.json");
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

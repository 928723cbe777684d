using System.Text;
using System.Text.Json;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>Where settings come from, which source wins, and what is said about a wrong one.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private const string Document = "docs/configuration.md";
    private const string TableStart = "<!-- Generated from the options of the program; a test keeps it up to date. -->";
    private const string TableEnd = "<!-- end -->";

    private readonly string folder = Directory.CreateTempSubdirectory("paydown-config-").FullName;
    private readonly Dictionary<string, string> variables = [];

    [Fact]
    public async Task Without_any_source_each_setting_has_its_default()
    {
        var shown = await ShowAsync();
        foreach (var setting in CommandLine.Settings())
            shown[setting.Key].ShouldBe((setting.Default, "default"));
    }

    [Fact]
    public async Task The_command_line_wins_over_the_environment_and_the_environment_over_the_file()
    {
        var file = Write("""{"Paydown":{"Log":{"Level":"error"}}}""");
        (await ShowAsync())["Log:Level"].ShouldBe(("error", $"{file}, Paydown:Log:Level"));
        variables["PAYDOWN__LOG__LEVEL"] = "critical";
        (await ShowAsync())["Log:Level"].ShouldBe(("critical", "PAYDOWN__LOG__LEVEL"));
        (await ShowAsync("--log-level", "debug"))["Log:Level"].ShouldBe(("debug", "--log-level"));
    }

    [Fact]
    public async Task A_named_file_replaces_the_usual_one_and_that_of_the_working_directory_that_of_the_program()
    {
        Write("""{"Paydown":{"Data":"of-the-program"}}""", Path.Combine("program", "appsettings.json"));
        (await ShowAsync())["Data"].Value.ShouldBe("of-the-program");
        Write("""{"Paydown":{"Data":"of-the-folder"}}""");
        (await ShowAsync())["Data"].Value.ShouldBe("of-the-folder");
        Write("""{"Paydown":{"Data":"named"}}""", "other.json");
        (await ShowAsync("--config", "other.json"))["Data"].Value.ShouldBe("named");
    }

    [Fact]
    public async Task A_list_is_an_array_or_a_text_and_a_switch_is_true_or_false()
    {
        Write(
            """
            {
              // Comments are allowed.
              "Paydown": {
                "Urls": ["http://127.0.0.1:1", "http://127.0.0.1:2"],
                "Demo": true,
                "Network": {"CorsOrigins": ["https://a.example", "https://b.example"]},
                "Limits": {"Registrations": 7}
              },
              "Logging": {"LogLevel": {"Default": "Information"}}
            }
            """
        );
        var shown = await ShowAsync();
        shown["Urls"].Value.ShouldBe("http://127.0.0.1:1;http://127.0.0.1:2");
        shown["Demo"].Value.ShouldBe("True");
        shown["Network:CorsOrigins"].Value.ShouldBe("https://a.example,https://b.example");
        shown["Limits:Registrations"].Value.ShouldBe("7");
        (await ShowAsync("--demo", "false"))["Demo"].ShouldBe(("false", "--demo"));
    }

    [Theory]
    [InlineData("PAYDOWN__LIMITS__REQUESTS_PER_SECOND")]
    [InlineData("PAYDOWN__LIMITS__REQUESTSPERSECOND")]
    [InlineData("Paydown__Limits__RequestsPerSecond")]
    public async Task A_variable_may_be_written_in_the_ways_of_dotnet(string name)
    {
        variables[name] = "5";
        (await ShowAsync())["Limits:RequestsPerSecond"].ShouldBe(("5", name));
    }

    [Theory]
    [InlineData("PAYDOWN__LOG__LEVEL", "loud", "PAYDOWN__LOG__LEVEL: 'loud' is not a log level.")]
    [InlineData("PAYDOWN__LOG__LEVL", "x", "PAYDOWN__LOG__LEVL is not a setting. Did you mean PAYDOWN__LOG__LEVEL?")]
    [InlineData("PAYDOWN__NOTHING_LIKE_IT", "x", "is not a setting. paydown config lists them all.")]
    [InlineData("PAYDOWN_LOG_LEVEL", "error", "PAYDOWN_LOG_LEVEL is not a setting. Did you mean PAYDOWN__LOG__LEVEL?")]
    [InlineData(
        "PAYDOWN_REQUESTS_PER_SECOND",
        "5",
        "PAYDOWN_REQUESTS_PER_SECOND is not a setting. Did you mean PAYDOWN__LIMITS__REQUESTS_PER_SECOND?"
    )]
    [InlineData("PAYDOWN__DEMO", "yes", "PAYDOWN__DEMO: 'yes' is not true or false.")]
    [InlineData("PAYDOWN__DATABASE", "Hots=x", "PAYDOWN__DATABASE: The database connection is invalid: ")]
    [InlineData("PAYDOWN__DATABASE_FILE", "/nowhere/it/is", "PAYDOWN__DATABASE_FILE: Could not find")]
    [InlineData("PAYDOWN__PAYMENTS__FOLDER", "/nowhere", "PAYDOWN__PAYMENTS__FOLDER: '/nowhere' is not an existing")]
    public async Task A_wrong_variable_is_reported_with_its_name_and_what_would_be_right(
        string name,
        string value,
        string said
    )
    {
        variables[name] = value;
        var (exitCode, _, error) = await RunAsync("serve");
        exitCode.ShouldBe(2);
        error.ShouldContain(said);
    }

    [Theory]
    [InlineData("""{"Paydown":{"Log":{"Level":"loud"}}}""", "Paydown:Log:Level: 'loud' is not a log level.")]
    [InlineData("""{"Paydown":{"Log":{"Levl":"x"}}}""", "Paydown:Log:Levl is not a setting. Did you mean Log:Level?")]
    [InlineData("""{"Paydown":{"Limits":{"Registrations":-1}}}""", "'-1' is not a whole number of at least 0.")]
    [InlineData("""{"Paydown":{"Urls":["http://127.0.0.1:1","ftp://x"]}}""", "'ftp://x' is not an address like")]
    [InlineData("""{"Paydown":{"Demo":""", "appsettings.json is not JSON: ")]
    public async Task A_wrong_file_is_reported_with_its_path_key_and_what_would_be_right(string text, string said)
    {
        var file = Write(text);
        var (exitCode, _, error) = await RunAsync("serve");
        exitCode.ShouldBe(2);
        error.ShouldContain(file);
        error.ShouldContain(said);
    }

    [Fact]
    public async Task A_named_file_that_is_missing_or_has_no_section_is_reported()
    {
        (await RunAsync("serve", "--config", "missing.json")).Error.ShouldContain(Path.Combine(folder, "missing.json"));
        Write("""{"Paydwon":{"Demo":true}}""", "other.json");
        (await RunAsync("serve", "--config", "other.json")).Error.ShouldContain("has no section \"Paydown\"");
    }

    [Fact]
    public async Task All_problems_are_reported_at_once_one_per_line()
    {
        variables["PAYDOWN__LOG__FORMAT"] = "xml";
        variables["PAYDOWN__NONSENSE"] = "x";
        var (_, _, error) = await RunAsync("serve", "--registrations", "many");
        error.Trim().Split('\n').Length.ShouldBe(3, error);
    }

    [Fact]
    public async Task Two_variables_for_one_setting_are_refused()
    {
        variables["PAYDOWN__DATABASE"] = "Host=x";
        variables["PAYDOWN__DATABASE_FILE"] = Write("Host=y", "secret");
        (await RunAsync("serve")).Error.ShouldContain("PAYDOWN__DATABASE and PAYDOWN__DATABASE_FILE set the same.");
    }

    [Theory]
    [InlineData("Host=db;Username=lender;Password=hush-hush", "Host=db;Username=lender;Password=***")]
    [InlineData("postgres://lender:hush-hush@db/books", "Host=db;Username=lender;Password=***;Database=books")]
    [InlineData("hush-hush", "***")]
    public async Task A_password_is_never_shown(string connection, string shown)
    {
        variables["PAYDOWN__DATABASE"] = connection;
        foreach (
            var arguments in new string[][] { ["config"], ["config", "--json"], ["audit"], ["serve", "--urls", "x"] }
        )
        {
            var (_, output, error) = await RunAsync(arguments);
            (output + error).ShouldNotContain("hush-hush");
        }
        (await ShowAsync())["Database"].Value.ShouldBe(shown);
    }

    [Fact]
    public async Task A_secret_is_read_from_a_file_or_from_a_credential_of_systemd()
    {
        var path = Write("Host=db;Password=hush-hush\n", "database");
        (await ShowAsync("--database-file", path))["Database"].Source.ShouldBe("--database-file");
        variables["CREDENTIALS_DIRECTORY"] = folder;
        (await ShowAsync())["Database"].ShouldBe(("Host=db;Password=***", path));
        variables["PAYDOWN__DATABASE"] = "Host=other";
        (await ShowAsync())["Database"].ShouldBe(("Host=other", "PAYDOWN__DATABASE"));
    }

    [Fact]
    public async Task A_password_on_the_command_line_is_refused_with_the_ways_that_are_right()
    {
        var (exitCode, _, error) = await RunAsync("audit", "--database", "Host=db;Password=hush-hush");
        exitCode.ShouldBe(2);
        error.ShouldContain("--database-file FILE or the variable PAYDOWN__DATABASE");
        error.ShouldNotContain("hush-hush");
    }

    [Fact]
    public void No_two_settings_have_the_same_option_or_key()
    {
        var settings = CommandLine.Settings();
        settings.Select(setting => setting.Name).ShouldBeUnique();
        settings.Select(setting => setting.Key).ShouldBeUnique();
    }

    [Fact]
    public void The_document_lists_the_settings_of_the_program()
    {
        var committed = File.ReadAllText(Path.Combine(Repository.Root, Document));
        var (start, end) = (committed.IndexOf(TableStart) + TableStart.Length, committed.IndexOf(TableEnd));
        Repository.ShouldBeCommitted(
            Document,
            $"{committed[..start]}\n\n{Table()}\n{committed[end..]}",
            "PAYDOWN_REWRITE=1 dotnet run --project tests/Paydown.Server.Tests -- -class *.ConfigurationTests"
        );
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Table()
    {
        var text = new StringBuilder("| key | option | variable | default | sets |\n|---|---|---|---|---|\n");
        foreach (var setting in CommandLine.Settings())
        {
            var otherwise = setting.Default.Length > 0 ? $"`{setting.Default}`" : "";
            text.Append(
                $"| `{setting.Key}` | `{setting.Name}` | `{setting.Variable}` | {otherwise} | {setting.Description} |\n"
            );
        }
        return text.ToString();
    }

    private string Write(string text, string name = "appsettings.json")
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<Dictionary<string, (string Value, string Source)>> ShowAsync(params string[] arguments)
    {
        var (_, output, _) = await RunAsync(["config", "--json", .. arguments]);
        return JsonDocument
            .Parse(output)
            .RootElement.GetProperty("settings")
            .EnumerateArray()
            .ToDictionary(
                each => each.GetProperty("key").GetString()!,
                each => (each.GetProperty("value").GetString()!, each.GetProperty("source").GetString()!)
            );
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new Surroundings(variables, folder, Path.Combine(folder, "program"));
        var exitCode = await CommandLine.RunAsync(arguments, output, error, surroundings);
        return (exitCode, output.ToString(), error.ToString());
    }
}

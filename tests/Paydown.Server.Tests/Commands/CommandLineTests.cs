using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class CommandLineTests(TestCluster cluster)
{
    public static TheoryData<string> Verbs => [.. CommandLine.Verbs().Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_help_of_every_verb_begins_with_an_example_and_ends_with_a_page(string name)
    {
        var (exitCode, output, _) = await RunAsync(name, "--help");
        exitCode.ShouldBe(0);
        output.ShouldStartWith($"Example:{Environment.NewLine}  paydown {name}");
        output.ShouldContain("Usage:");
        var last = output.TrimEnd().Split('\n')[^1];
        last.ShouldStartWith("More: docs/");
        Sections(last["More: ".Length..]).ShouldNotBeEmpty(last);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_example_of_every_verb_is_a_right_command_line(string name)
    {
        foreach (var line in CommandLine.Verbs().Single(verb => verb.Name == name).Example.Split('\n'))
            CommandLine.Parse([.. CommandLineParser.SplitCommandLine(line).Skip(1)]).Errors.ShouldBeEmpty(line);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("serve", "--nonsense")]
    [InlineData("serve", "--requests-per-second", "-1")]
    [InlineData("serve", "--requests-per-second", "many")]
    [InlineData("simulate")]
    [InlineData("import")]
    [InlineData("demo", "--loans", "0")]
    [InlineData("demo", "--loans", "many")]
    [InlineData("demo", "--loans", "1", "--repayments-per-loan", "-1")]
    public async Task A_wrong_command_line_exits_with_2(params string[] arguments) =>
        (await RunAsync(arguments)).ExitCode.ShouldBe(2);

    [Fact]
    public async Task A_mistake_is_answered_by_the_next_step_and_not_by_the_whole_help()
    {
        var (_, output, error) = await RunAsync("audit", "--jsn");
        output.ShouldNotContain("Options:");
        error.ShouldContain("--jsn");
        error.ShouldContain("Example: paydown audit");
        error.ShouldContain("paydown audit --help");
        (await RunAsync("nonsense")).Error.ShouldContain("paydown --help");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_help_of_every_verb_states_its_exit_codes(string name) =>
        (await RunAsync(name, "--help")).Output.ShouldContain("Exit codes: 0 ");

    [Theory]
    [InlineData("--requests-per-second", "many", "'many' is not a whole number of at least 0.")]
    [InlineData("--registrations", "-1", "'-1' is not a whole number of at least 0.")]
    [InlineData("--trusted-proxies", "10.0.0.0/8,proxy.example", "'proxy.example' is not an IP address, a network")]
    [InlineData("--cors-origins", "app.example", "'app.example' is not an origin")]
    [InlineData("--log-level", "loud", "'loud' is not a log level.")]
    [InlineData("--log-level", "warning,Paydown.Access=loud", "'Paydown.Access=loud' is not a log level.")]
    [InlineData("--log-format", "xml", "'xml' is not one of text, json.")]
    [InlineData("--payments", "pigeon", "'pigeon' is not one of auto, sandbox, files, none.")]
    public async Task A_wrong_option_value_is_reported_with_its_name_and_the_right_form(
        string option,
        string value,
        string said
    )
    {
        var (exitCode, _, error) = await RunAsync("serve", option, value);
        exitCode.ShouldBe(2);
        error.ShouldContain($"{option}: {said}");
    }

    [Fact]
    public async Task The_help_of_every_verb_shows_the_variable_and_the_default_of_each_setting()
    {
        foreach (var verb in CommandLine.Verbs())
        {
            var (_, output, _) = await RunAsync(verb.Name, "--help");
            var text = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            foreach (var setting in verb.Settings)
            {
                text.ShouldContain(setting.Name);
                var otherwise = setting.Default is "" or "false" ? "" : $" [default: {setting.Default}]";
                text.ShouldContain($"[env: {setting.Variable}]{otherwise}");
            }
        }
    }

    [Fact]
    public async Task An_organisation_that_is_not_a_uuid_is_reported()
    {
        var (exitCode, _, error) = await RunAsync("import", "products.json", "--organisation", "abc");
        exitCode.ShouldBe(2);
        error.ShouldContain("abc");
        error.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("https://127.0.0.1:5081")]
    public async Task An_invalid_address_is_refused_in_one_line(string url)
    {
        var (exitCode, _, error) = await RunAsync("serve", "--urls", url, "--data", "/nowhere/to/be/made");
        exitCode.ShouldBe(2);
        error.Trim().ShouldContain(url);
        error.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line_before_anything_starts()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (exitCode, _, error) = await RunAsync(
            "serve",
            "--urls",
            $"http://{taken.LocalEndpoint}",
            "--data",
            "/nowhere/to/be/made"
        );
        exitCode.ShouldBe(1);
        error.Trim().ShouldContain("is in use");
        error.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task An_unreachable_database_is_reported_in_one_line()
    {
        var (exitCode, _, error) = await RunAsync("migrate", "--database", "Host=/nowhere;Timeout=1");
        exitCode.ShouldBe(1);
        error.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_document_that_cannot_be_written_is_reported_in_one_line()
    {
        var (exitCode, _, error) = await RunAsync("openapi", "--output", "/nowhere/to/be/made.json");
        exitCode.ShouldBe(1);
        error.Trim().ShouldStartWith("paydown: Cannot write /nowhere/to/be/made.json");
        error.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task An_audit_without_a_database_says_so_and_creates_none()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var (exitCode, _, error) = await RunAsync("audit", "--data", folder);
        exitCode.ShouldBe(2);
        error.ShouldContain("There is no database in");
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task An_audit_of_a_database_without_our_schema_says_what_to_do()
    {
        var (exitCode, _, error) = await RunAsync("audit", "--database", await cluster.CreateBareDatabaseAsync());
        exitCode.ShouldBe(2);
        error.Trim().ShouldBe("paydown: The schema of the database does not match this program. Run paydown migrate.");
    }

    [Fact]
    public async Task Migrate_lists_what_it_applied_and_does_nothing_the_second_time()
    {
        var database = await cluster.CreateBareDatabaseAsync();
        (await RunAsync("migrate", "--database", database)).Output.ShouldContain("Applied 0001_");
        var (exitCode, output, _) = await RunAsync("migrate", "--database", database);
        exitCode.ShouldBe(0);
        output.ShouldContain("up to date");
    }

    // The headings that a link such as docs/operating.md#audit leads to.
    private static IEnumerable<string> Sections(string link)
    {
        var parts = link.Split('#');
        return File.ReadLines(Path.Combine(Repository.Root, parts[0]))
            .Where(line => line.StartsWith('#'))
            .Where(line => parts.Length == 1 || Anchor(line) == parts[1]);
    }

    private static string Anchor(string heading) =>
        string.Concat(
            heading
                .TrimStart('#', ' ')
                .ToLowerInvariant()
                .Replace(' ', '-')
                .Where(c => char.IsLetterOrDigit(c) || c == '-')
        );

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Commands;
using Paydown.Server.Tests.Endurance;
using Paydown.Server.Tests.SignIn;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>A lender from nothing: <c>paydown setup</c> and <c>paydown organisation</c>.</summary>
public sealed class SetupTests(TestCluster cluster)
{
    private const string Password = "Correct-Horse-7";

    [Fact]
    public async Task Setup_migrates_and_creates_a_lender_whose_manager_can_work_at_once()
    {
        await using var folder = new ScratchFolder();
        var database = await cluster.CreateBareDatabaseAsync();
        using var server = await ServerProcess.StartReadyAsync(
            folder,
            ServerProcess.FreePort(),
            "--database",
            database
        );
        var (exitCode, output, error) = await SetUpAsync(database, "--json", "--legal-name", "Okun Credit Limited");
        (exitCode, error).ShouldBe((0, ""));
        var created = JsonNode.Parse(output)!;
        created["isNew"]!.GetValue<bool>().ShouldBeTrue();

        using var http = new HttpClient { BaseAddress = server.Address };
        var signedIn = (await SignInServer.LoginAsync(http, "ngozi@okun.example", Password)).ShouldSucceed();
        var user = signedIn.GetProperty("user");
        user.GetProperty("id").GetGuid().ToString().ShouldBe(created["managerId"]!.ToString());
        (user.GetProperty("firstName").GetString(), user.GetProperty("lastName").GetString()).ShouldBe(
            ("Ngozi Ada", "Eze")
        );
        var manager = TestUser.Holding(signedIn.GetProperty("access_token").GetString()!, server.Address);
        var settings = (await manager.GetAsync("admin/organisation")).ShouldSucceed();
        settings.GetProperty("id").ToString().ShouldBe(created["organisationId"]!.ToString());
        settings.GetProperty("legalName").GetString().ShouldBe("Okun Credit Limited");
        settings.GetProperty("countryIso3").GetString().ShouldBe("NGA");
        settings.GetProperty("collectionAccount").GetProperty("bankName").GetString().ShouldBe("Zenith Bank");
        // What setup leaves empty can be sent back.
        var same = JsonNode.Parse(settings.GetRawText())!.AsObject();
        same["withdrawalFee"] = 25;
        (await manager.PutAsync("admin/organisation", same)).ShouldSucceed();
        (await manager.GetAsync("admin/audit?action=ORGANISATION_CREATED"))
            .ShouldSucceed()
            .GetArrayLength()
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_second_run_changes_nothing_and_says_so()
    {
        var database = await cluster.CreateBareDatabaseAsync();
        var first = JsonNode.Parse((await SetUpAsync(database, "--json")).Output)!;

        var (exitCode, output, _) = await SetUpAsync(database);
        exitCode.ShouldBe(0);
        output.ShouldContain("There is a lender already: Okun Credit");
        output.ShouldContain("Nothing was changed.");
        // Without any option, too.
        (exitCode, output, _) = await RunAsync("setup", "--database", database, "--json");
        exitCode.ShouldBe(0);
        var second = JsonNode.Parse(output)!;
        second["isNew"]!.GetValue<bool>().ShouldBeFalse();
        second["organisationId"]!.ToString().ShouldBe(first["organisationId"]!.ToString());
    }

    [Fact]
    public async Task An_invitation_stands_in_for_the_password()
    {
        var database = await cluster.CreateBareDatabaseAsync();
        var (exitCode, output, _) = await RunAsync(["setup", .. Options(database), "--invite", "--json"]);
        exitCode.ShouldBe(0);
        var token = JsonNode.Parse(output)!["invitation"]!.ToString();
        await using var folder = new ScratchFolder();
        using var server = await ServerProcess.StartReadyAsync(
            folder,
            ServerProcess.FreePort(),
            "--database",
            database
        );
        using var http = new HttpClient { BaseAddress = server.Address };
        var body = new
        {
            token,
            password = Password,
            confirmPassword = Password,
        };
        (await SignInServer.SendAsync(http, HttpMethod.Post, "usermanagement/accept-invitation", body)).ShouldSucceed();
        (await SignInServer.LoginAsync(http, "ngozi@okun.example", Password)).ShouldSucceed();
    }

    [Fact]
    public async Task Two_that_run_together_create_one_lender()
    {
        var database = await cluster.CreateBareDatabaseAsync();
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SetUpAsync(database, "--json")));
        runs.Count(run => run.Output.Contains("\"isNew\":true", StringComparison.Ordinal)).ShouldBe(1);
        runs.ShouldAllBe(run => run.ExitCode == 0);
    }

    [Fact]
    public async Task A_wrong_command_line_lists_all_errors_and_creates_no_database()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var (exitCode, output, error) = await RunAsync(
            "setup",
            "--data",
            folder,
            "--country",
            "Nigeria",
            "--currency",
            "XYZ",
            "--time-zone",
            "Lagos",
            "--manager-name",
            "Ngozi"
        );
        (exitCode, output).ShouldBe((2, ""));
        foreach (
            var wanted in (string[])
                [
                    "--organisation-name is missing",
                    "--country: 'Nigeria'",
                    "--currency: 'XYZ'",
                    "--time-zone: 'Lagos'",
                    "--collection-account is missing",
                    "--manager-name: Give a first and a last name.",
                    "--password-file is missing",
                ]
        )
            error.ShouldContain(wanted);
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_weak_password_is_refused_and_never_shown()
    {
        var (exitCode, _, error) = await SetUpAsync(await cluster.CreateBareDatabaseAsync(), "mypassword", []);
        exitCode.ShouldBe(2);
        error.ShouldContain("--password-file: The password must have 8 to 256 characters");
        error.ShouldNotContain("mypassword");
    }

    [Fact]
    public async Task A_collection_account_with_a_wrong_check_digit_is_a_warning()
    {
        var (exitCode, output, error) = await SetUpAsync(
            await cluster.CreateBareDatabaseAsync(),
            "--json",
            "--collection-account",
            "1000000019"
        );
        exitCode.ShouldBe(0);
        error.ShouldContain("1000000019 is not a NUBAN of bank 057");
        JsonNode.Parse(output)!["warnings"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Products_with_an_error_create_nothing()
    {
        var database = await cluster.CreateBareDatabaseAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"products":[{"id":"0198c1f4-5b9a-7c3e-8d2f-00000000a001"}]}""");
        var (exitCode, _, error) = await SetUpAsync(database, "--products", file);
        exitCode.ShouldBe(1);
        error.ShouldContain("products[0].name");
        (await RunAsync("organisation", "list", "--database", database)).Output.ShouldContain(
            "There is no organisation yet."
        );
        var products = Path.Combine(Repository.Root, "docs/products.example.json");
        var created = JsonNode.Parse((await SetUpAsync(database, "--json", "--products", products)).Output)!;
        created["productCount"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Organisations_are_added_listed_and_shown()
    {
        var database = await cluster.CreateBareDatabaseAsync();
        await SetUpAsync(database);
        string[] another =
        [
            "organisation",
            "create",
            .. Options(database).Select(text => text.Replace("Okun Credit", "Eko Credit", StringComparison.Ordinal)),
            "--json",
        ];
        var created = JsonNode.Parse((await RunAsync([.. another, "--password-file", FileWith(Password)])).Output)!;
        created["isNew"]!.GetValue<bool>().ShouldBeTrue();
        // A repeat adds no second lender of the same name.
        var repeated = JsonNode.Parse((await RunAsync([.. another, "--password-file", FileWith(Password)])).Output)!;
        repeated["isNew"]!.GetValue<bool>().ShouldBeFalse();

        var listed = (await RunAsync("organisation", "list", "--database", database, "--json")).Output;
        JsonDocument
            .Parse(listed)
            .RootElement.EnumerateArray()
            .Select(one => one.GetProperty("name").GetString())
            .ShouldBe(["Okun Credit", "Eko Credit"]);
        var id = created["organisationId"]!.ToString();
        (await RunAsync("organisation", "list", "--database", database)).Output.ShouldContain($"{id}  NGN");
        var shown = (await RunAsync("organisation", "show", id, "--database", database)).Output;
        JsonNode.Parse(shown)!["collectionAccount"]!["accountNumber"]!.ToString().ShouldBe("1000000018");
        var (exitCode, _, error) = await RunAsync("organisation", "show", "nonsense", "--database", database);
        exitCode.ShouldBe(1);
        error.ShouldContain("paydown organisation list");
    }

    [Fact]
    public void A_terminal_is_asked_until_the_answer_is_right()
    {
        using var output = new StringWriter();
        var secrets = new Queue<string>(["weak", "Tea-At-7-Lagos", "Tea-At-7", "Tea-At-7-Lagos", "Tea-At-7-Lagos"]);
        using var input = new StringReader("\n\nwrong\nright\n");
        var questions = new Questions(input, output, secrets.Dequeue, isTerminal: true);

        questions.Ask("Phone", "none", _ => null).ShouldBe("none");
        questions.Ask("Word", null, text => text == "right" ? null : "Say right.").ShouldBe("right");
        questions.Ask("Word", null, _ => null).ShouldBeNull();
        questions.AskPassword("Password", text => text.Length < 8 ? "It is short." : null).ShouldBe("Tea-At-7-Lagos");
        output.ToString().ShouldContain("Phone [none]: ");
        output.ToString().ShouldContain("Say right.");
        output.ToString().ShouldContain("It is short.");
        output.ToString().ShouldContain("The two differ.");
        output.ToString().ShouldNotContain("Tea-At-7");
    }

    private static Task<(int ExitCode, string Output, string Error)> SetUpAsync(
        string database,
        params string[] further
    ) => SetUpAsync(database, Password, further);

    private static Task<(int ExitCode, string Output, string Error)> SetUpAsync(
        string database,
        string password,
        string[] further
    )
    {
        var options = Options(database).ToList();
        // A later value of an option would be a second one.
        foreach (var name in further.Where(text => text.StartsWith("--") && options.Contains(text)))
            options.RemoveRange(options.IndexOf(name), 2);
        return RunAsync(["setup", .. options, "--password-file", FileWith(password), .. further]);
    }

    private static string[] Options(string database) =>
        [
            "--database",
            database,
            "--organisation-name",
            "Okun Credit",
            "--country",
            "NG",
            "--currency",
            "NGN",
            "--time-zone",
            "Africa/Lagos",
            "--collection-account",
            "1000000018",
            "--collection-bank",
            "057",
            "--collection-name",
            "Okun Credit Collections",
            "--contact-email",
            "help@okun.example",
            "--manager-email",
            "ngozi@okun.example",
            "--manager-name",
            "Ngozi Ada Eze",
        ];

    private static string FileWith(string password)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $"{password}\n");
        return file;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

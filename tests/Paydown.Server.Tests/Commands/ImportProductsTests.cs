using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary><see cref="ImportProducts"/>, as an operator runs it.</summary>
public sealed class ImportProductsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    private static readonly string Example = Path.Combine(Repository.Root, "docs/products.example.json");

    private readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        File.Delete(file);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Banks_and_the_blacklist_are_imported_too()
    {
        const string lists = """
            {"banks": [{"bankCode": "999991", "bankName": "Imported Wallet", "hasNuban": false}],
             "blacklist": [{"kind": "PHONE", "value": "+234 800 555 0199", "reason": "Fraud"}]}
            """;
        await File.WriteAllTextAsync(file, lists);
        for (var i = 0; i < 2; i++)
            (await ImportAsync(file)).Output.ShouldContain("1 banks and 1 blacklist entries are in place.");
        (await lender.Manager.GetAsync("admin/banks")).Body.ShouldContain("Imported Wallet");
        (await lender.Manager.GetAsync("admin/blacklist?kind=PHONE")).ShouldSucceed().GetArrayLength().ShouldBe(1);

        await File.WriteAllTextAsync(file, lists.Replace("+234 800", "800"));
        var (exitCode, output, _) = await ImportAsync(file);
        exitCode.ShouldBe(1);
        output.ShouldContain("blacklist[0].value: must be 11 digits for a BVN");
    }

    [Fact]
    public async Task Importing_the_example_again_changes_only_what_was_edited()
    {
        var before = await CountAsync();
        (await ImportAsync(Example, "--dry-run")).Output.ShouldContain(
            "2 created. This was a dry run; nothing is changed."
        );
        (await CountAsync()).ShouldBe(before);

        var (exitCode, output, error) = await ImportAsync(Example);
        exitCode.ShouldBe(0, error);
        output.ShouldContain("Salary Advance, version 1");
        (await ImportAsync(Example)).Output.ShouldContain("2 unchanged.");
        (await CountAsync()).ShouldBe(before + 2);

        var other = JsonNode.Parse(await File.ReadAllTextAsync(Example))!;
        other["products"]![0]!["interestRate"] = 25;
        other["products"]![1]!["isOpen"] = false;
        await File.WriteAllTextAsync(file, other.ToJsonString());
        var told = JsonDocument.Parse((await ImportAsync(file, "--json")).Output).RootElement;
        told.GetProperty("isDone").GetBoolean().ShouldBeTrue();
        told.GetProperty("products")
            .EnumerateArray()
            .Select(one => one.GetProperty("outcome").GetString())
            .ShouldBe(["CHANGED", "CLOSED"]);
        (await CountAsync()).ShouldBe(before + 3);
        var (open, ids) = (
            (await lender.Customer.GetAsync("user/list-products"))
                .Data.EnumerateArray()
                .ToDictionary(one => one.GetProperty("id").GetGuid()),
            other["products"]!.AsArray().Select(one => one!["id"]!.GetValue<Guid>()).ToList()
        );
        open[ids[0]].GetProperty("interestRate").GetDecimal().ShouldBe(25);
        open.ShouldNotContainKey(ids[1]);
    }

    [Theory]
    [InlineData("{\n  \"products\": [\n    {\"id\" 1}", "The file is not valid JSON (line 3, column 11).")]
    [InlineData("[]", "The file must be a JSON object.")]
    [InlineData("", "The file is not valid JSON (line 1, column 1).")]
    public async Task A_malformed_file_is_reported_with_its_name_and_the_position(string content, string expected)
    {
        await File.WriteAllTextAsync(file, content);
        var (exitCode, output, _) = await ImportAsync(file);
        exitCode.ShouldBe(1);
        output.ShouldContain($"{file}: {expected}");
    }

    [Fact]
    public async Task A_byte_order_mark_is_ignored()
    {
        await File.WriteAllTextAsync(file, await File.ReadAllTextAsync(Example), new UTF8Encoding(true));
        (await ImportAsync(file, "--dry-run")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_misspelt_field_is_reported_with_the_nearest_name()
    {
        var wrong = JsonNode.Parse(await File.ReadAllTextAsync(Example))!;
        wrong["products"]![0]!["fourEyesAbov"] = 1;
        wrong["products"]![1]!["schedule"]!["schedulType"] = "CUMULATIVE";
        wrong["foo"] = 1;
        await File.WriteAllTextAsync(file, wrong.ToJsonString());
        var (exitCode, output, _) = await ImportAsync(file);
        exitCode.ShouldBe(1);
        output.ShouldContain("products[0].fourEyesAbov: is not a known field; did you mean fourEyesAbove?");
        output.ShouldContain("products[1].schedule.schedulType: is not a known field; did you mean scheduleType?");
        output.ShouldContain("foo: is not a known field; known here: products, banks, blacklist.");
    }

    [Fact]
    public async Task Grace_periods_for_principal_and_interest_are_imported()
    {
        var holiday = JsonNode.Parse(await File.ReadAllTextAsync(Example))!;
        holiday["products"]!.AsArray().RemoveAt(1);
        holiday["products"]![0]!["id"] = server.Ids.Next().ToString();
        holiday["products"]![0]!["name"] = "Holiday Loan";
        holiday["products"]![0]!["minimumDuration"] = 3;
        holiday["products"]![0]!["schedule"] = new JsonObject
        {
            ["gracePrincipal"] = 2,
            ["graceInterest"] = 2,
            ["interestFreePeriods"] = 1,
        };
        await File.WriteAllTextAsync(file, holiday.ToJsonString());

        var (exitCode, output, error) = await ImportAsync(file);

        exitCode.ShouldBe(0, error);
        output.ShouldContain("Holiday Loan, version 1");
    }

    [Fact]
    public async Task A_field_that_the_file_omits_is_reported_and_not_reset()
    {
        var whole = JsonNode.Parse(await File.ReadAllTextAsync(Example))!;
        var product = whole["products"]![1]!.DeepClone().AsObject();
        product["id"] = server.Ids.Next().ToString();
        whole["products"] = new JsonArray(product);
        await File.WriteAllTextAsync(file, whole.ToJsonString());
        (await ImportAsync(file)).ExitCode.ShouldBe(0);
        var before = await CountAsync();
        product.Remove("fourEyesAbove");
        product.Remove("fees");
        product["schedule"]!.AsObject().Remove("recalculation");
        await File.WriteAllTextAsync(file, whole.ToJsonString());
        var (exitCode, output, _) = await ImportAsync(file);
        exitCode.ShouldBe(1);
        output.ShouldContain("products[0].fourEyesAbove: is missing and would be reset; its value is 1000000");
        output.ShouldContain("products[0].fees:");
        output.ShouldContain("products[0].schedule.recalculation: is missing and would be reset; its value is {");
        (await CountAsync()).ShouldBe(before);

        product["fourEyesAbove"] = null;
        product["fees"] = null;
        product["schedule"]!["recalculation"] = null;
        await File.WriteAllTextAsync(file, whole.ToJsonString());
        (await ImportAsync(file)).Output.ShouldContain("1 changed.");
        (await ImportAsync(file)).Output.ShouldContain("1 unchanged.");
    }

    [Fact]
    public async Task One_invalid_product_stops_the_import_and_every_error_is_reported()
    {
        var before = await CountAsync();
        var wrong = JsonNode.Parse(await File.ReadAllTextAsync(Example))!;
        wrong["products"]![0]!["id"] = server.Ids.Next().ToString();
        wrong["products"]![1]!["id"] = server.Ids.Next().ToString();
        wrong["products"]![1]!["maximumDuration"] = 2;
        wrong["products"]![1]!["offerValidDays"] = 14;
        wrong["products"]![1]!["repaymentMethods"] = new JsonArray();
        await File.WriteAllTextAsync(file, wrong.ToJsonString());

        var (exitCode, output, _) = await ImportAsync(file);
        exitCode.ShouldBe(1);
        output.ShouldContain("products[1].maximumDuration: must be at least minimumDuration.");
        output.ShouldContain("products[1].repaymentMethods: must name at least one.");
        output.ShouldContain("2 errors; nothing is changed.");
        var told = JsonDocument.Parse((await ImportAsync(file, "--json")).Output).RootElement;
        told.GetProperty("isDone").GetBoolean().ShouldBeFalse();
        told.GetProperty("errors").GetArrayLength().ShouldBe(2);
        (await CountAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("{\"products\":")]
    [InlineData("{\"products\":[{\"id\":\"1\"}]}")]
    [InlineData("[]")]
    public async Task A_file_that_cannot_be_read_is_reported_and_changes_nothing(string text)
    {
        var before = await CountAsync();
        await File.WriteAllTextAsync(file, text);
        var (exitCode, output, _) = await ImportAsync(file);
        exitCode.ShouldBe(1);
        output.ShouldContain("nothing is changed");
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Missing_input_is_reported_in_one_line()
    {
        (await RunAsync("import", Example, "--database", server.ConnectionString)).Error.ShouldContain(
            "There are several organisations. Name one with --organisation."
        );
        (await RunAsync("import", "/nowhere.json", "--database", server.ConnectionString)).Error.ShouldContain(
            "/nowhere.json"
        );
        var (exitCode, _, error) = await RunAsync(
            "import",
            Example,
            "--database",
            server.ConnectionString,
            "--organisation",
            $"{Guid.Empty}"
        );
        exitCode.ShouldBe(1);
        error.ShouldContain("There is no organisation with the id");
        (await RunAsync("import", Example, "--organisation", "nonsense")).ExitCode.ShouldBe(2);
        (await RunAsync("import")).ExitCode.ShouldBe(2);
    }

    private Task<(int ExitCode, string Output, string Error)> ImportAsync(string path, params string[] more) =>
        RunAsync(["import", path, "--database", server.ConnectionString, "--organisation", $"{lender.Id}", .. more]);

    private Task<long> CountAsync() => server.ScalarAsync<long>("select count(*) from loan_product_version");

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

using System.Text.Json.Nodes;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class ImportStatementTests : IDisposable
{
    private const string AddsUp =
        ":20:X\n:25:DE50999900000012345678\n:28C:1\n:60F:C260309EUR0,00\n"
        + ":61:2603100310C5,00NTRFNONREF//B1\n:86:/EREF/E-1//REMI/USTD//Rate RF26LN3001/\n:62F:C260310EUR5,00\n-\n";

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_dry_run_shows_the_entries_of_a_file_as_one_document()
    {
        var (exitCode, output, _) = await RunAsync(Write("a.sta", AddsUp), "--dry-run", "--json");
        exitCode.ShouldBe(0);
        var document = JsonNode.Parse(output)!;
        $"{document["file"]} {document["format"]}".ShouldBe("a.sta MT940");
        var statement = document["statements"]![0]!;
        $"{statement["account"]} {statement["currency"]}".ShouldBe("DE50999900000012345678 EUR");
        $"{statement["openingMinor"]} {statement["closingMinor"]} {statement["balances"]}".ShouldBe("0 500 ADD_UP");
        $"{statement["openingOn"]} {statement["closingOn"]}".ShouldBe("2026-03-09 2026-03-10");
        var entry = statement["entries"]![0]!;
        $"{entry["amountMinor"]} {entry["status"]} {entry["text"]}".ShouldBe("500 BOOK Rate RF26LN3001");
        $"{entry["bankReference"]} {entry["endToEndId"]} {entry["line"]}".ShouldBe("B1 E-1 5");
    }

    [Fact]
    public async Task Lines_for_people_show_days_amounts_and_texts()
    {
        var (exitCode, output, _) = await RunAsync(Write("a.sta", AddsUp), "--dry-run");
        exitCode.ShouldBe(0);
        output.ShouldContain("opening 0.00 EUR, closing 5.00 EUR: ADD_UP");
        output.ShouldContain("2026-03-10  5.00 EUR  BOOK  Rate RF26LN3001");
    }

    [Fact]
    public async Task Balances_that_do_not_add_up_exit_with_1()
    {
        var file = Write("off.sta", AddsUp.Replace("EUR5,00", "EUR6,00"));
        var (exitCode, output, error) = await RunAsync(file, "--dry-run", "--json");
        exitCode.ShouldBe(1);
        $"{JsonNode.Parse(output)!["statements"]![0]!["balances"]}".ShouldBe("DO_NOT_ADD_UP");
        error.ShouldContain("make 5.00 EUR, not the closing balance 6.00 EUR");
    }

    [Fact]
    public async Task Several_files_make_an_array_and_a_broken_one_has_its_fault_in_it()
    {
        var broken = Write("cut.sta", AddsUp.Replace("C5,00", "C5,005"));
        var (exitCode, output, error) = await RunAsync(Write("a.sta", AddsUp), broken, "--dry-run", "--json");
        exitCode.ShouldBe(2);
        var fault = JsonNode.Parse(output)![1]!;
        $"{fault["file"]} {fault["error"]!["line"]} {fault["error"]!["element"]}".ShouldBe("cut.sta 5 :61:");
        error.ShouldContain("Line 5, :61:: '5,005' has more decimals than EUR has (2).");
    }

    [Fact]
    public async Task A_profile_maps_the_columns_of_a_file()
    {
        var csv = Write("a.csv", "Day;In\n31.03.2026;5,00\n");
        var profile = Write("mine.json", """{ "name": "Mine", "columns": { "bookedOn": "Day", "credit": "In" } }""");
        var (exitCode, output, _) = await RunAsync(
            csv,
            "--dry-run",
            "--json",
            "--currency",
            "EUR",
            "--profile",
            profile
        );
        exitCode.ShouldBe(0);
        var read = JsonNode.Parse(output)!;
        $"{read["csv"]!["columns"]!["credit"]} {read["csv"]!["decimal"]}".ShouldBe("In ,");
        $"{read["statements"]![0]!["entries"]![0]!["amountMinor"]}".ShouldBe("500");
    }

    [Fact]
    public async Task A_wrong_currency_or_profile_exits_with_2()
    {
        var file = Write("a.sta", AddsUp);
        (await RunAsync(file, "--dry-run", "--currency", "euro")).Error.ShouldContain("'euro' is not a currency");
        (await RunAsync(file, "--dry-run", "--profile", file)).ExitCode.ShouldBe(2);
        (await RunAsync(Path.Combine(folder, "none"), "--dry-run")).ExitCode.ShouldBe(2);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(),
            error = new();
        var exitCode = await CommandLine.RunAsync(["import-statement", .. arguments], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

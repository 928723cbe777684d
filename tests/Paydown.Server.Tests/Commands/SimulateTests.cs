using System.Text.Json;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class SimulateTests : IDisposable
{
    private const string Terms =
        """
        "product":{"currency":"NGN","scheduleType":"CUMULATIVE","interestMethod":"FLAT",
        "allocation":{"strategy":"OLDEST_FIRST","order":["PENALTY","FEE","INTEREST","PRINCIPAL"]}},
        "loan":{"principal":300.50,"annualRatePercent":0,"numberOfInstallments":1,"submitted":"2023-01-01"}
        """;

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void It_prints_what_the_books_show_at_each_check()
    {
        var (code, output, _) = Run(
            $$"""
            {"id":"one",{{Terms}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},
            {"op":"repay","date":"2023-02-01","amount":100.25},{"op":"check"},{"op":"check","status":"ACTIVE"}]}
            """);
        code.ShouldBe(0);
        var root = JsonDocument.Parse(output).RootElement;
        root.GetProperty("id").GetString().ShouldBe("one");
        var checks = root.GetProperty("checks");
        checks.GetArrayLength().ShouldBe(2);
        checks[0].GetProperty("step").GetInt32().ShouldBe(2);
        checks[0].GetProperty("outstanding").GetDecimal().ShouldBe(200.25m);
        checks[0].GetProperty("status").GetString().ShouldBe("Active");
        checks[1].GetProperty("status").GetString().ShouldBe("ACTIVE");
        checks[0].GetProperty("schedule")[1].GetProperty("paid").GetDecimal().ShouldBe(100.25m);
        checks[0].GetProperty("transactions")[1].GetProperty("type").GetString().ShouldBe("Repayment");
    }

    [Fact]
    public void It_tells_each_difference_and_counts()
    {
        var (code, output, _) = Run(
            $$"""
            {"id":"one",{{Terms}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},
            {"op":"check","outstanding":300,"schedule":[{"number":1,"principal":300.50,"due":1}]}]}
            """, check: true);
        code.ShouldBe(1);
        output.ShouldContain($"{file}, step 1, row -, field outstanding: expected 300, got 300.5");
        output.ShouldContain("step 1, schedule, row 1, field due: expected 1, got 300.5");
        output.TrimEnd().ShouldEndWith("0 passed, 1 failed");
    }

    [Theory]
    [InlineData("{", "line 1, byte 2: is not JSON")]
    [InlineData("[]", "the file: must be an object")]
    [InlineData("{}", "id: is missing")]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"dance"}]}""", "steps[0].op: 'dance' is not an operation")]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"repay","date":"2023-13-01","amount":1}]}""",
        "steps[0].date: must be a date")]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"repay","date":"2023-02-01","amount":1.001}]}""",
        "steps[0].amount: must have at most 2")]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"undo","date":"2023-02-01","index":1}]}""",
        "steps[0]: there is no such transaction")]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"check","schedule":5}]}""", "steps[0].schedule: must be a list")]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"check","schedule":[5]}]}""",
        "steps[0].schedule[0]: must be an object")]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"check","totals":5}]}""", "steps[0].totals: must be an object")]
    [InlineData("""{"id":"\ud800",TERMS,"steps":[]}""", "the file: contains a string that is not valid Unicode")]
    public void A_file_that_is_not_a_scenario_gets_one_line_that_says_where_and_why(string json, string reason)
    {
        var (code, _, error) = Run(json.Replace("TERMS", Terms));
        code.ShouldBe(2);
        error.ShouldStartWith($"{file}: {reason}");
        error.TrimEnd().ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("\"PENALTY\",\"FEE\",\"INTEREST\",\"PRINCIPAL\"", "\"PENALTY\"",
        "product.allocation.order: must name each of the 4 parts once")]
    [InlineData("\"PENALTY\",\"FEE\"", "\"FEE\",\"FEE\"",
        "product.allocation.order: must name each of the 4 parts once")]
    [InlineData("\"submitted\"", "\"firstDueDate\":\"2023-01-01\",\"submitted\"",
        "loan.firstDueDate: must be after loan.submitted")]
    [InlineData("\"submitted\"", "\"gracePrincipal\":1,\"submitted\"",
        "loan.gracePrincipal: must be a whole number from 0 to 0")]
    public void Terms_by_which_a_loan_could_not_be_paid_back_are_refused(string right, string wrong, string reason)
    {
        var (code, _, error) = Run($$"""{"id":"x",{{Terms.Replace(right, wrong)}},"steps":[]}""");
        code.ShouldBe(2);
        error.Trim().ShouldBe($"{file}: {reason}");
    }

    [Fact]
    public void An_expected_figure_beyond_any_amount_is_a_difference() => Run(
        $$"""{"id":"x",{{Terms}},"steps":[{"op":"check","outstanding":1e400,"schedule":null}]}""", check: true)
        .Code.ShouldBe(1);

    private (int Code, string Output, string Error) Run(string json, bool check = false)
    {
        File.WriteAllText(file, json);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Simulate.Run([file], check, output, error);
        return (code, output.ToString(), error.ToString());
    }
}

using System.Text.Json;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class SimulateTests : IDisposable
{
    private const string Terms = """
        "product":{"currency":"NGN","scheduleType":"CUMULATIVE","interestMethod":"FLAT",
        "allocation":{"strategy":"OLDEST_FIRST","order":["PENALTY","FEE","INTEREST","PRINCIPAL"]}},
        "loan":{"principal":300.50,"annualRatePercent":0,"numberOfInstallments":1,"submitted":"2023-01-01"}
        """;

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void It_prints_the_books_at_each_check()
    {
        var (code, output, _) = Run(
            $$"""
            {"id":"one",{{Terms}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},
            {"op":"repay","date":"2023-02-01","amount":100.25},{"op":"check"},{"op":"check","status":"ACTIVE"}]}
            """
        );
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
    public void It_reports_each_difference_and_counts()
    {
        var (code, output, _) = Run(
            $$"""
            {"id":"one",{{Terms}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},
            {"op":"check","outstanding":300,"schedule":[{"number":1,"principal":300.50,"due":1}]}]}
            """,
            check: true
        );
        code.ShouldBe(1);
        output.ShouldContain($"{file}, step 1, row -, field outstanding: expected 300, got 300.5");
        output.ShouldContain("step 1, schedule, row 1, field due: expected 1, got 300.5");
        output.TrimEnd().ShouldEndWith("0 passed, 1 failed");
    }

    [Theory]
    [InlineData("{", "line 1, byte 2: is not JSON")]
    [InlineData("[]", "the file: must be an object")]
    [InlineData("{}", "id: is missing")]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"dance"}]}""", "steps[0].op: 'dance' is not a known operation")]
    [InlineData(
        """{"id":"x",TERMS,"steps":[{"op":"repay","date":"2023-13-01","amount":1}]}""",
        "steps[0].date: must be a date"
    )]
    [InlineData(
        """{"id":"x",TERMS,"steps":[{"op":"repay","date":"2023-02-01","amount":1.001}]}""",
        "steps[0].amount: must have at most 2"
    )]
    [InlineData(
        """{"id":"x",TERMS,"steps":[{"op":"undo","date":"2023-02-01","index":1}]}""",
        "steps[0]: there is no such transaction"
    )]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"check","schedule":5}]}""", "steps[0].schedule: must be a list")]
    [InlineData(
        """{"id":"x",TERMS,"steps":[{"op":"check","schedule":[5]}]}""",
        "steps[0].schedule[0]: must be an object"
    )]
    [InlineData("""{"id":"x",TERMS,"steps":[{"op":"check","totals":5}]}""", "steps[0].totals: must be an object")]
    [InlineData("""{"id":"\ud800",TERMS,"steps":[]}""", "the file: contains a string that is not valid Unicode")]
    public void A_file_that_is_not_a_scenario_is_reported_in_one_line_with_place_and_reason(string json, string reason)
    {
        var (code, _, error) = Run(json.Replace("TERMS", Terms));
        code.ShouldBe(2);
        error.ShouldStartWith($"{file}: {reason}");
        error.TrimEnd().ShouldNotContain('\n');
    }

    [Theory]
    [InlineData(
        "\"PENALTY\",\"FEE\",\"INTEREST\",\"PRINCIPAL\"",
        "\"PENALTY\"",
        "product.allocation.order: must name each of the 4 parts once"
    )]
    [InlineData(
        "\"PENALTY\",\"FEE\"",
        "\"FEE\",\"FEE\"",
        "product.allocation.order: must name each of the 4 parts once"
    )]
    [InlineData(
        "\"submitted\"",
        "\"firstDueDate\":\"2023-01-01\",\"submitted\"",
        "loan.firstDueDate: must be after loan.submitted"
    )]
    [InlineData(
        "\"submitted\"",
        "\"gracePrincipal\":1,\"submitted\"",
        "loan.gracePrincipal: must be a whole number from 0 to 0"
    )]
    public void Terms_under_which_a_loan_could_never_be_repaid_are_refused(string right, string wrong, string reason)
    {
        var (code, _, error) = Run($$"""{"id":"x",{{Terms.Replace(right, wrong)}},"steps":[]}""");
        code.ShouldBe(2);
        error.Trim().ShouldBe($"{file}: {reason}");
    }

    [Fact]
    public void An_expected_figure_too_large_for_an_amount_is_a_difference() =>
        Run($$"""{"id":"x",{{Terms}},"steps":[{"op":"check","outstanding":1e400,"schedule":null}]}""", check: true)
            .Code.ShouldBe(1);

    [Fact]
    public void Rows_are_matched_by_number_and_transactions_of_one_day_in_any_order() =>
        Run(
            $$"""
            {"id":"x",{{Terms}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},
            {"op":"repay","date":"2023-01-01","amount":100},{"op":"repay","date":"2023-01-02","amount":1},
            {"op":"check","schedule":[{"number":1,"due":300.5},{"number":null,"dueDate":"2023-01-01","balance":300.5}],
            "transactions":[{"date":"2023-01-01","type":"Repayment","amount":100},
            {"date":"2023-01-01","type":"Disbursement"},{"date":"2023-01-02","type":"Repayment","balance":199.5}]}]}
            """,
            check: true
        )
            .Code.ShouldBe(0);

    [Theory]
    [InlineData(""" "schedule":[{"number":2}]""", "schedule, row 2, field row: expected a row, got none")]
    [InlineData(""" "schedule":[]""", "schedule, row 1, field row: expected none, got a row")]
    [InlineData(
        """ "schedule":[{"number":null,"dueDate":"2023-01-02","balance":300.5},{"number":1}]""",
        "schedule, row 2023-01-02, field disbursement: expected 300.5, got none"
    )]
    [InlineData(
        """ "transactions":[{"date":"2023-01-01","type":"Disbursement","amount":300}]""",
        "transactions, row 2023-01-01, field Disbursement amount: expected 300, got 300.5"
    )]
    [InlineData(""" "transactions":[]""", "transactions, row 2023-01-01, field Disbursement: expected none, got 300.5")]
    [InlineData(""" "charges":[{"due":5}]""", "charges, row -, field row: expected 5, got none")]
    public void An_extra_or_missing_row_is_a_difference(string expected, string difference)
    {
        var (code, output, _) = Run(
            $$"""
            {"id":"x",{{Terms}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},
            {"op":"check",{{expected}}}]}
            """,
            check: true
        );
        code.ShouldBe(1);
        output.ShouldContain($"{file}, step 1, {difference}");
    }

    [Fact]
    public void A_waived_charge_is_shown_beside_the_due_amount_until_the_waiver_is_undone() =>
        Run(
            $$"""
            {"id":"x",{{Terms}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},
            {"op":"charge","kind":"fee","date":"2023-01-05","amount":20},{"op":"today","date":"2023-01-06"},
            {"op":"waive_charge","chargeNr":1},
            {"op":"check","outstanding":300.5,"schedule":[{"number":1,"fees":20,"due":320.5,"waived":20}],
            "totals":{"waived":20,"outstanding":300.5},
            "charges":[{"penalty":false,"time":"DUE_DATE","calculation":"FLAT","dueDate":"2023-01-05","due":20,"paid":0,
            "waived":20,"outstanding":0}],
            "transactions":[{"date":"2023-01-01","type":"Disbursement"},
            {"date":"2023-01-05","type":"Waiver","amount":20,"fees":0,"reverted":false}]},
            {"op":"undo_waiver"},
            {"op":"check","outstanding":320.5,"totals":{"waived":0},"charges":[{"waived":0,"outstanding":20}]}]}
            """,
            check: true
        )
            .Code.ShouldBe(0);

    [Theory]
    [InlineData("""{"op":"check","delinquencyHistory":[]}""", "delinquencyHistory")]
    [InlineData("""{"op":"check","transactions":[{"type":"Capitalized Income"}]}""", "Capitalized Income")]
    public void An_unsupported_feature_is_named_and_its_file_is_not_compared(string step, string name)
    {
        var json = $$"""{"id":"x",{{Terms}},"steps":[{"op":"check","outstanding":77},{{step}}]}""";
        var (code, output, _) = Run(json, check: true);
        code.ShouldBe(3);
        output.ShouldStartWith($"{file}: not supported: {name}\n");
        output.TrimEnd().ShouldEndWith("0 passed, 0 failed, 1 not supported");
        Run(json).Error.ShouldStartWith($"{file}: not supported: {name}");
    }

    [Fact]
    public void A_field_without_effect_on_the_history_is_supported() =>
        Run(
            $$"""
            {"id":"x",{{Terms.Replace("""t":{""", """t":{"chargeOff":"ZERO_INTEREST",""")}},"steps":[
            {"op":"disburse","date":"2023-01-01","amount":300.50},{"op":"check","outstanding":300.5}]}
            """,
            check: true
        )
            .Code.ShouldBe(0);

    [Fact]
    public void Agreed_charges_are_deducted_or_due_with_each_installment_or_on_their_day() =>
        Run(
            $$"""
        {"id":"x",{{Terms.Replace("\"submitted\"", """
            "charges":[{"kind":"fee","time":"DISBURSEMENT","calculation":"PERCENT_OF_AMOUNT","percent":2},
            {"kind":"fee","time":"INSTALLMENT","calculation":"FLAT","amount":10},
            {"kind":"penalty","date":"2023-01-20","amount":1}],"submitted"
            """)}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},
        {"op":"check","outstanding":311.5,"schedule":[{"number":null,"dueDate":"2023-01-01","balance":300.5,"fees":6.01,
        "due":6.01,"paid":6.01},{"number":1,"fees":10,"penalties":1,"due":311.5}],
        "totals":{"fees":16.01,"due":317.51,"paid":6.01,"outstanding":311.5},
        "charges":[{"time":"DISBURSEMENT","calculation":"PERCENT_OF_AMOUNT","due":6.01,"paid":6.01},
        {"time":"INSTALLMENT","calculation":"FLAT","due":10,"outstanding":10},
        {"penalty":true,"time":"DUE_DATE","dueDate":"2023-01-20","due":1}],
        "transactions":[{"date":"2023-01-01","type":"Disbursement"},
        {"date":"2023-01-01","type":"Fee At Disbursement","amount":6.01,"fees":6.01}]}]}
        """,
            check: true
        )
            .Output.ShouldBe("1 passed, 0 failed" + Environment.NewLine);

    [Fact]
    public void Interest_is_refunded_with_the_kinds_of_refund_that_the_product_names() =>
        Run(
            """
            {"id":"x","product":{"currency":"EUR","scheduleType":"PROGRESSIVE","interestMethod":"DECLINING_BALANCE",
            "interestPeriod":"DAILY","daysInYear":"360","daysInMonth":"30","interestRefundFor":["PAYOUT_REFUND"],
            "interestRecalculation":{"preClosure":"TILL_PRE_CLOSURE_DATE","reschedule":"ADJUST_LAST_UNPAID_PERIOD"},
            "allocation":{"strategy":"OLDEST_FIRST","order":["PENALTY","FEE","INTEREST","PRINCIPAL"]}},
            "loan":{"principal":1000,"annualRatePercent":12,"numberOfInstallments":1,"submitted":"2024-06-01"},
            "steps":[{"op":"disburse","date":"2024-06-01","amount":1000},{"op":"today","date":"2024-06-16"},
            {"op":"payout_refund","date":"2024-06-16","amount":500},
            {"op":"merchant_issued_refund","date":"2024-06-16","amount":100},
            {"op":"check","transactions":[{"date":"2024-06-01","type":"Disbursement"},
            {"date":"2024-06-16","type":"Payout Refund","amount":500,"interest":5},
            {"date":"2024-06-16","type":"Interest Refund","amount":2.5},
            {"date":"2024-06-16","type":"Merchant Issued Refund","amount":100}]}]}
            """,
            check: true
        )
            .Output.ShouldBe("1 passed, 0 failed" + Environment.NewLine);

    [Fact]
    public void A_folder_means_all_scenarios_in_and_below_it_and_gets_totals()
    {
        var folder = Directory.CreateTempSubdirectory("paydown-scenarios");
        try
        {
            var below = folder.CreateSubdirectory("below").FullName;
            Write(folder.FullName, "right", """{"op":"check","outstanding":300.5}""");
            Write(below, "wrong", """{"op":"check","outstanding":1}""");
            Write(below, "later", """{"op":"check","delinquencyHistory":[]}""");
            using var output = new StringWriter();
            Simulate.Run([folder.FullName], check: true, json: false, output, TextWriter.Null).ShouldBe(1);
            output.ToString().ShouldContain($"     0       1              1        0  {below}");
            output.ToString().TrimEnd().ShouldEndWith("1 passed, 1 failed, 1 not supported");

            using var json = new StringWriter();
            Simulate.Run([folder.FullName], check: true, json: true, json, TextWriter.Null).ShouldBe(1);
            var root = JsonDocument.Parse(json.ToString()).RootElement;
            root.GetProperty("passed").GetInt32().ShouldBe(1);
            root.GetProperty("differences")[0].GetProperty("kind").GetString().ShouldBe("outstanding");
            root.GetProperty("missing")[0].GetProperty("name").GetString().ShouldBe("delinquencyHistory");
            root.GetProperty("files")[0].GetProperty("verdict").GetString().ShouldBe("notSupported");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string path, string id, string step) =>
            File.WriteAllText(
                Path.Combine(path, $"{id}.json"),
                $$"""
                {"id":"{{id}}",{{Terms}},"steps":[{"op":"disburse","date":"2023-01-01","amount":300.50},{{step}}]}
                """
            );
    }

    [Fact]
    public void A_folder_without_scenarios_exits_with_2()
    {
        var folder = Directory.CreateTempSubdirectory("paydown-scenarios");
        using var error = new StringWriter();
        Simulate.Run([folder.FullName], check: true, json: false, TextWriter.Null, error).ShouldBe(2);
        error.ToString().Trim().ShouldBe($"{folder.FullName}: no scenario found");
        folder.Delete();
    }

    private (int Code, string Output, string Error) Run(string json, bool check = false)
    {
        File.WriteAllText(file, json);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Simulate.Run([file], check, json: false, output, error);
        return (code, output.ToString(), error.ToString());
    }
}

using System.Text.Json;
using Paydown.Server.Commands;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class MatchSetTests : IDisposable
{
    private const string Set = """
        {"currency":"NGN","organisation":1,
        "loans":[
        {"id":"l1","reference":"RF18539007547034","customer":"ADA B. SAMPLE","account":"0000012345",
        "totalPayableMinor":9},
        {"id":"l2","reference":"RF97P8ZSYHDQF2AAP","state":"CLOSED"},
        {"id":"l3","reference":"RF62EB4Q319JR6QZS","organisation":2}],
        "reports":[
        {"id":"r1","loan":"l1","amountMinor":50000,"paidOn":"2026-05-03"},
        {"id":"r2","loan":"l1","amountMinor":70000,"paidOn":"2026-05-03","status":"VERIFIED"},
        {"id":"r3","loan":"l1","amountMinor":80000,"paidOn":"2026-05-03","status":"REJECTED"}],
        "entries":[
        {"id":"e1","file":1,"bookedOn":"2026-05-04","amountMinor":50000,"text":"rf18 5390 0754 7034",
        "bankReference":"NXT1001"},
        {"id":"e2","file":1,"bookedOn":"2026-05-04","amountMinor":70000,"reference":"RF18539007547034",
        "bankReference":"NXT1002"},
        {"id":"e3","file":1,"bookedOn":"2026-05-04","amountMinor":80000,"reference":"RF18539007547034",
        "bankReference":"NXT1003"},
        {"id":"e4","file":1,"bookedOn":"2026-05-04","amountMinor":10,"text":"RF97P8ZSYHDQF2AAP",
        "bankReference":"NXT1004"},
        {"id":"e5","file":1,"bookedOn":"2026-05-04","amountMinor":10,"text":"RF62EB4Q319JR6QZS",
        "bankReference":"NXT1005"},
        {"id":"e6","file":1,"bookedOn":"2026-05-04","amountMinor":-7,"text":"STAMP DUTY","bankReference":"NXT1006"},
        {"id":"e7","file":1,"bookedOn":"2026-05-05","amountMinor":-80000,"isReversal":true,"bankReference":"NXT1003"},
        {"id":"e8","file":1,"bookedOn":"2026-05-05","amountMinor":-9,
        "endToEndId":"TRF1EC904020D7C593A76641FFF784C1431","bankReference":"NXT1008"},
        {"id":"e9","file":1,"bookedOn":"2026-05-05","amountMinor":50000,"status":"PDNG",
        "reference":"RF18539007547034"},
        {"id":"e10","file":2,"bookedOn":"2026-05-04","amountMinor":50000,"text":"in another format",
        "bankReference":"NXT/1001"}]}
        """;

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void It_writes_the_outcome_of_each_entry()
    {
        var (code, output, _) = Run(Set);
        code.ShouldBe(0);
        JsonSerializer
            .Deserialize<Dictionary<string, string>>(output)!
            .Select(pair => $"{pair.Key} {pair.Value}")
            .ShouldBe([
                "e1 VERIFY r1",
                "e2 CONFIRM r2",
                "e3 RECORD l1",
                "e4 DECIDE",
                "e5 UNMATCHED",
                "e6 NOT_A_REPAYMENT",
                "e7 REVERSE e3",
                "e8 SETTLE TRF1EC904020D7C593A76641FFF784C1431",
                "e9 PENDING",
                "e10 DUPLICATE e1",
            ]);
    }

    [Fact]
    public void It_writes_the_reasons_if_they_are_wanted()
    {
        var (code, output, _) = Run(Set, "--reasons");
        code.ShouldBe(0);
        var entry = JsonDocument.Parse(output).RootElement.GetProperty("e1");
        entry.GetProperty("rule").GetString().ShouldBe("REFERENCE_AND_AMOUNT");
        entry.GetProperty("reasons")[1].GetString().ShouldBe("The amount equals the report of 3 May 2026.");
    }

    [Theory]
    [InlineData("{")]
    [InlineData(
        """{"currency":"ZZZ","loans":[],"reports":[],"entries":[{"id":"e1","bookedOn":"2026-05-04","amountMinor":1}]}"""
    )]
    [InlineData("""{"currency":"NGN","loans":[],"reports":[]}""")]
    [InlineData(
        """
            {"currency":"NGN","loans":[],"reports":[],
            "entries":[{"id":"e1","bookedOn":"2026-05-04","amountMinor":1,"status":"MAYBE"}]}
            """
    )]
    public void A_file_that_is_no_set_is_named_with_what_is_wrong(string text)
    {
        var (code, output, error) = Run(text);
        (code, output).ShouldBe((2, ""));
        error.ShouldStartWith($"{file}: ");
    }

    private (int Code, string Output, string Error) Run(string text, params string[] options)
    {
        File.WriteAllText(file, text);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = MatchSet.Run(file, options.Contains("--reasons"), output, error);
        return (code, output.ToString(), error.ToString());
    }
}

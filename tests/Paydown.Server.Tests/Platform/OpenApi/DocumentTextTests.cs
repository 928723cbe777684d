using System.Text.Json.Nodes;
using Paydown.Server.Platform.OpenApi;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

public sealed class DocumentTextTests
{
    [Fact]
    public void A_short_value_takes_one_line() =>
        Write("""{"a":{"b":[1,null]}}""").ShouldBe("""{"a":{"b":[1,null]}}""");

    [Fact]
    public void A_long_value_has_one_line_per_member_without_objects()
    {
        var text = new string('x', 300);
        Write($$$"""{"a":{"b":{"c":"{{{text}}}"},"d":[{"e":true},{"f":"{{{text}}}"}]}}""")
            .ShouldBe(
                $$$"""
                {
                 "a":{
                  "b":{"c":"{{{text}}}"},
                  "d":[
                   {"e":true},
                   {"f":"{{{text}}}"}
                  ]
                 }
                }
                """
            );
    }

    [Fact]
    public void Any_document_is_read_back_unchanged()
    {
        var json = JsonNode.Parse("""{"n":null,"empty":{},"none":[],"quote":"\"é\n"}""")!;
        JsonNode.DeepEquals(JsonNode.Parse(DocumentText.Write(json)), json).ShouldBeTrue();
    }

    private static string Write(string json) => DocumentText.Write(JsonNode.Parse(json)!).TrimEnd('\n');
}

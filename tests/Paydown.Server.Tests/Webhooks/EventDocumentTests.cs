using System.Text;
using System.Text.Json.Nodes;
using Paydown.Server.Platform.OpenApi;
using Paydown.Server.Webhooks;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Webhooks;

/// <summary>The list of events in docs/events.md is that of the OpenAPI document, which is that of the code.</summary>
public sealed class EventDocumentTests
{
    private const string Page = "docs/events.md";
    private const string Begin = "<!-- The list below is written by EventDocumentTests. -->\n";
    private const string Command =
        "PAYDOWN_REWRITE=1 dotnet run --project tests/Paydown.Server.Tests -- "
        + "-class Paydown.Server.Tests.Webhooks.EventDocumentTests";

    private static readonly JsonObject Document = JsonNode
        .Parse(OpenApiDocument.Write(Features.CreateRoutes()))!
        .AsObject();

    [Fact]
    public void The_list_of_events_is_that_of_the_code()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, Page));
        var start = text.IndexOf(Begin, StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, $"{Page} has no line {Begin}");
        Repository.ShouldBeCommitted(Page, text[..(start + Begin.Length)] + Write(), Command);
    }

    [Fact]
    public void Every_event_is_in_the_OpenAPI_document() =>
        Document["webhooks"]!
            .AsObject()
            .Select(webhook => webhook.Key)
            .ShouldBe(EventCatalogue.All.Select(described => described.Type), ignoreOrder: true);

    private static string Write()
    {
        var text = new StringBuilder();
        foreach (var described in EventCatalogue.All)
        {
            text.Append(
                $"\n## `{described.Type}`\n\n{described.Happened}\n\n| field | type | meaning |\n|---|---|---|\n"
            );
            foreach (var (name, schema) in FieldsOf(described.Payload))
                text.Append($"| `{name}` | {TypeOf(schema)} | {schema["description"]} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, JsonObject Schema)> FieldsOf(Type payload) =>
        Document["components"]!["schemas"]![payload.Name]!["properties"]!
            .AsObject()
            .Select(field => (field.Key, field.Value!.AsObject()));

    private static string TypeOf(JsonObject schema)
    {
        var type = schema["type"] is JsonArray kinds ? kinds[0]!.ToString() : schema["type"]!.ToString();
        return schema["format"] is { } format && type == "string" ? format.ToString() : type;
    }
}

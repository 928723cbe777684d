using System.Text;
using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.OpenApi;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

/// <summary>The guarantees of docs/openapi.json to readers and client generators.</summary>
public sealed class CommittedDocumentTests
{
    // Room for 250 operations and 35 events.
    private const int BytesMax = 740_000;

    private static readonly string Text = OpenApiDocument.Write(Features.CreateRoutes());
    private static readonly JsonObject Document = JsonNode.Parse(Text)!.AsObject();

    [Fact]
    public void The_committed_document_equals_the_served_one() =>
        Repository.ShouldBeCommitted("docs/openapi.json", Text, "./paydown openapi --output docs/openapi.json");

    [Fact]
    public void The_document_stays_small() => Encoding.UTF8.GetByteCount(Text).ShouldBeLessThanOrEqualTo(BytesMax);

    [Fact]
    public void Every_operation_has_a_tag_and_a_summary() =>
        Operations()
            .Where(operation =>
                operation.Node["tags"]!.AsArray() is not [var tag]
                || tag!.ToString().Length == 0
                || operation.Node["summary"]!.ToString().Length == 0
            )
            .Select(operation => operation.Name)
            .ShouldBeEmpty("Put the route in a chapter, and give its contract a summary.");

    [Fact]
    public void Every_operation_has_the_name_of_its_use_case()
    {
        var useCases = typeof(Features)
            .Assembly.GetTypes()
            .Where(type => type.IsClass && typeof(IUseCase).IsAssignableFrom(type))
            .Select(type => char.ToLowerInvariant(type.Name[0]) + type.Name[1..]);
        Operations()
            .Where(operation => operation.Path.StartsWith("/api/", StringComparison.Ordinal))
            .Select(operation => operation.Node["operationId"]!.ToString())
            .Order()
            .ShouldBe(useCases.Order());
    }

    [Fact]
    public void Every_property_of_every_request_and_response_is_described()
    {
        var gaps = new List<string>();
        Collect(Document, "", gaps);
        gaps.ShouldBeEmpty("Write its docstring: a <param> of a positional record, or a <summary>.");
    }

    [Fact]
    public void Every_example_matches_its_schema()
    {
        var schemas = new DocumentSchemas(Document);
        var breaches = new List<string>();
        foreach (var operation in Operations())
        {
            if (operation.Node["requestBody"]?["content"]!["application/json"] is not { } body)
                continue;
            breaches.AddRange(
                schemas.Breaches(body["schema"]!, body["example"]).Select(breach => $"{operation.Name}: {breach}")
            );
        }

        foreach (var (name, response) in Document["components"]!["responses"]!.AsObject())
        {
            var content = response!["content"]!["application/json"]!;
            breaches.AddRange(
                schemas.Breaches(content["schema"]!, content["example"]).Select(breach => $"{name}: {breach}")
            );
        }

        breaches.ShouldBeEmpty();
    }

    private static void Collect(JsonNode? node, string at, List<string> gaps)
    {
        if (node is JsonArray elements)
        {
            for (var i = 0; i < elements.Count; i++)
                Collect(elements[i], $"{at}/{i}", gaps);
        }

        if (node is not JsonObject members)
            return;
        if (members["properties"] is JsonObject properties)
        {
            gaps.AddRange(
                properties
                    .Where(property => string.IsNullOrWhiteSpace(property.Value?["description"]?.ToString()))
                    .Select(property => $"{at}.{property.Key}")
            );
        }

        foreach (var (name, member) in members)
        {
            if (name is not ("example" or "const" or "enum"))
                Collect(member, $"{at}/{name}", gaps);
        }
    }

    private static IEnumerable<(string Path, string Name, JsonNode Node)> Operations() =>
        Document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(entry => (path.Key, $"{entry.Key} {path.Key}", entry.Value!))
            );
}

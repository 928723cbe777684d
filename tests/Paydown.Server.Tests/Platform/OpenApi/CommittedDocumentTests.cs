using System.Text;
using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.OpenApi;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

/// <summary>What docs/openapi.json promises to people and to generators of clients.</summary>
public sealed class CommittedDocumentTests
{
    private const int BytesMax = 350 * 1024;

    private static readonly string Text = OpenApiDocument.Write(Features.CreateRoutes());
    private static readonly JsonObject Document = JsonNode.Parse(Text)!.AsObject();

    [Fact]
    public void The_committed_document_is_the_one_that_is_served() =>
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
            .ShouldBeEmpty("A route is in a chapter, and its contract has a summary.");

    [Fact]
    public void Every_operation_is_called_as_its_use_case()
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
    public void Every_example_keeps_its_schema()
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

    private static IEnumerable<(string Path, string Name, JsonNode Node)> Operations() =>
        Document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(entry => (path.Key, $"{entry.Key} {path.Key}", entry.Value!))
            );
}

using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

public sealed class CommittedDocumentTests
{
    private static readonly string[] Methods = ["get", "post", "put"];

    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served() =>
        Repository.ShouldBeCommitted(
            "docs/openapi.json",
            await Paydown.Server.Commands.OpenApi.WriteDocumentAsync(),
            "./paydown openapi --output docs/openapi.json"
        );

    [Fact]
    public async Task Every_operation_has_a_tag_a_summary_and_an_example_of_its_answer()
    {
        var gaps = new List<string>();
        var schemas = new DocumentSchemas(await WireContract.DocumentAsync());
        foreach (var (path, method, operation) in await OperationsAsync())
        {
            if (operation["tags"]!.AsArray() is not [var tag] || tag!.ToString().Length == 0)
                gaps.Add($"{method} {path}: Described(tag, …)");
            if (operation["summary"]!.ToString().Length == 0)
                gaps.Add($"{method} {path}: Described(…, summary)");
            var success = schemas.Resolve(operation["responses"]!["200"]!)["content"]!["application/json"]!;
            if (success["example"] is not JsonObject { Count: > 1 })
                gaps.Add($"{method} {path}: Answers(example)");
        }

        gaps.ShouldBeEmpty("A route says what it is for and shows its answer.");
    }

    [Fact]
    public async Task Every_example_keeps_its_schema()
    {
        var schemas = new DocumentSchemas(
            JsonNode.Parse(await Paydown.Server.Commands.OpenApi.WriteDocumentAsync())!.AsObject()
        );
        var breaches = new List<string>();
        foreach (var (path, method, operation) in await OperationsAsync())
        {
            var contents = operation["responses"]!
                .AsObject()
                .Select(answer => schemas.Resolve(answer.Value!)["content"])
                .Append(operation["requestBody"] is { } body ? schemas.Resolve(body)["content"] : null);
            foreach (var content in contents.OfType<JsonObject>().Select(content => content["application/json"]!))
            {
                var examples = content["examples"] is JsonObject named
                    ? named.Select(example => example.Value!["value"])
                    : [content["example"]];
                breaches.AddRange(
                    examples
                        .SelectMany(example => schemas.Breaches(content["schema"]!, example))
                        .Select(breach => $"{method} {path}: {breach}")
                );
            }
        }

        breaches.ShouldBeEmpty();
    }

    private static async Task<IEnumerable<(string Path, string Method, JsonNode Operation)>> OperationsAsync() =>
        JsonNode.Parse(await Paydown.Server.Commands.OpenApi.WriteDocumentAsync())!["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(entry => (path.Key, entry.Key, entry.Value!)))
            .Where(operation => Methods.Contains(operation.Item2));
}

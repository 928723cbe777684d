using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Describes one call under one version: who may make it, what it reads and what it answers.</summary>
internal sealed class OperationDescriptions(AnswerSchemas schemas)
{
    private static readonly string[] ConventionHeaders = ["AuthDate", "CustomerIpAddress", "InteractionId"];

    private readonly AnswerDescriptions answers = new(schemas);

    /// <summary>The bodies of the requests so far, which both versions refer to.</summary>
    public SortedDictionary<string, JsonNode?> RequestBodies { get; } = new(StringComparer.Ordinal);

    /// <summary>The answers so far that are one route's own, which both versions refer to.</summary>
    public SortedDictionary<string, JsonNode?> Responses { get; } = new(StringComparer.Ordinal);

    public JsonObject Of(ApiRoute route, string version)
    {
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(route.Tag),
            ["summary"] = route.Summary,
            ["description"] = DescriptionOf(route),
            ["operationId"] = RoutePaths.OperationId(route.Method, route.Path, version),
            ["security"] = SecurityOf(route),
            ["x-roles"] = new JsonArray([.. RolesOf(route.Access)]),
        };
        if (route.Scope != Scopes.None)
            operation["x-api-token-scope"] = ScopeWords.Write(route.Scope)[0];
        if (ParametersOf(route) is { Count: > 0 } parameters)
            operation["parameters"] = parameters;
        var name = RoutePaths.OperationId(route.Method, route.Path, version: "");
        if (route.BodyFields is { } fields)
        {
            RequestBodies.TryAdd(name, BodyOf(fields, route.RefusesUnknownFields));
            operation["requestBody"] = ReferenceTo("requestBodies", name);
        }

        operation["responses"] = ResponsesOf(route, name);
        return operation;
    }

    private JsonObject ResponsesOf(ApiRoute route, string name)
    {
        var responses = answers.Of(route);
        foreach (var (status, response) in responses.ToList())
        {
            if (response!["$ref"] is not null)
                continue;
            responses[status] = ReferenceTo("responses", name + status);
            Responses.TryAdd(name + status, response);
        }

        return responses;
    }

    private static string DescriptionOf(ApiRoute route)
    {
        var summary = route.Summary.TrimEnd('.');
        var who =
            route.Access == Access.Anonymous
                ? "Nobody needs to be signed in."
                : "For " + string.Join(", ", RolesOf(route.Access)) + ".";
        return route.Scope == Scopes.None
            ? $"{summary}. {who}"
            : $"{summary}. {who} An API token needs the scope {ScopeWords.Write(route.Scope)[0]}.";
    }

    private static IEnumerable<string> RolesOf(Access access) =>
        Enum.GetValues<Role>()
            .Where(role => ((int)access & (int)role) != 0)
            .Select(role => role.ToString().ToUpperInvariant());

    private static JsonArray SecurityOf(ApiRoute route) =>
        route.Access == Access.Anonymous
            ? []
            : [new JsonObject { ["accessToken"] = new JsonArray() }, new JsonObject { ["bearer"] = new JsonArray() }];

    private static JsonArray ParametersOf(ApiRoute route)
    {
        var parameters = new JsonArray();
        foreach (var name in RoutePaths.ParametersOf(route.Path))
            parameters.Add(PathParameter(route.Path, name));
        foreach (var field in route.QueryFields)
            parameters.Add(RequestSchemas.OfQuery(field));
        if (route.HasConventions)
        {
            foreach (var header in ConventionHeaders)
                parameters.Add(ReferenceTo("parameters", header));
        }

        if (route.NeedsIdempotencyKey)
            parameters.Add(ReferenceTo("parameters", "IdempotencyKey"));
        return parameters;
    }

    private static JsonObject PathParameter(string path, string name)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (RoutePaths.IsId(name))
            schema["format"] = "uuid";
        return new()
        {
            ["name"] = name,
            ["in"] = "path",
            ["description"] = RoutePaths.IsId(name)
                ? $"Id of the {RoutePaths.Thing(name)}."
                : $"The {RoutePaths.Thing(name)}.",
            ["required"] = true,
            ["schema"] = schema,
            ["example"] = RoutePaths.IsId(name) ? ExampleIds.OfPath(path, name) : ExampleIds.OfText(name),
        };
    }

    private static JsonObject ReferenceTo(string kind, string name) =>
        new() { ["$ref"] = $"#/components/{kind}/{name}" };

    private static JsonObject BodyOf(IReadOnlyList<Field> fields, bool refusesUnknown) =>
        new()
        {
            ["required"] = fields.Any(field => field.IsRequired),
            ["content"] = new JsonObject
            {
                ["application/json"] = new JsonObject
                {
                    ["schema"] = RequestSchemas.OfBody(fields, refusesUnknown),
                    ["example"] = RequestSchemas.ExampleOf(fields),
                },
            },
        };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>Describes one call: who may make it, what it reads and what it returns.</summary>
internal sealed class OperationDescriptions(AnswerSchemas schemas)
{
    private static readonly string[] ConventionHeaders = ["AuthDate", "CustomerIpAddress", "InteractionId"];

    private readonly AnswerDescriptions answers = new(schemas);

    /// <summary>Returns the operation id of a call: the name of its use case.</summary>
    public static string IdOf(ApiRoute route) => JsonNamingPolicy.CamelCase.ConvertName(route.UseCase.Name);

    public JsonObject Of(ApiRoute route)
    {
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(route.Tag),
            ["summary"] = route.Contract.Summary,
            ["description"] = DescriptionOf(route),
            ["operationId"] = IdOf(route),
            ["x-roles"] = new JsonArray([.. RolesOf(route.Access)]),
        };
        if (route.Access == Access.Anonymous)
            operation["security"] = new JsonArray();
        if (route.Scope != Scopes.None)
            operation["x-api-token-scope"] = ScopeWords.Write(route.Scope)[0];
        if (route.Aliases.Count > 0)
            operation["x-aliases"] = new JsonArray([.. route.Aliases.Select(alias => NameOf(alias))]);
        if (AnswerDescriptions.CodesOf(route).ToList() is { Count: > 0 } codes)
            operation["x-error-codes"] = new JsonArray([.. codes]);
        if (ParametersOf(route) is { Count: > 0 } parameters)
            operation["parameters"] = parameters;
        if (route.Contract.BodyFields is { } fields)
            operation["requestBody"] = BodyOf(fields, route.RefusesUnknownFields);
        if (route.Contract.FileBytesMax is { } bytesMax)
            operation["requestBody"] = FileOf(bytesMax);
        operation["responses"] = answers.Of(route);
        return operation;
    }

    private static string DescriptionOf(ApiRoute route)
    {
        List<string> sentences =
        [
            route.Access == Access.Anonymous
                ? "No sign-in is needed."
                : $"For {string.Join(", ", RolesOf(route.Access))}.",
        ];
        if (route.Scope != Scopes.None)
            sentences.Add($"An API token needs the scope {ScopeWords.Write(route.Scope)[0]}.");
        sentences.AddRange(route.Aliases.Select(alias => $"{NameOf(alias)} does the same."));
        return string.Join(' ', sentences);
    }

    private static string NameOf((string Method, string Path) alias) =>
        $"{alias.Method} {ApiRoutes.PathOf(alias.Path, ApiRoutes.Versions[0])}";

    private static IEnumerable<string> RolesOf(Access access) =>
        Enum.GetValues<Role>()
            .Where(role => ((int)access & (int)role) != 0)
            .Select(role => role.ToString().ToUpperInvariant());

    private static JsonArray ParametersOf(ApiRoute route)
    {
        var parameters = new JsonArray();
        foreach (var name in RoutePaths.ParametersOf(route.Path))
            parameters.Add(PathParameter(route.Path, name));
        foreach (var field in route.Contract.QueryFields)
            parameters.Add(
                Paging.Fields.Contains(field)
                    ? ParameterReference(SharedParts.NameOf(field))
                    : RequestSchemas.OfQuery(field)
            );
        if (route.HasConventions)
        {
            foreach (var header in ConventionHeaders)
                parameters.Add(ParameterReference(header));
        }

        if (route.NeedsIdempotencyKey)
            parameters.Add(ParameterReference("IdempotencyKey"));
        return parameters;
    }

    private static JsonObject PathParameter(string path, string name)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (RoutePaths.IsId(name))
            schema["format"] = "uuid";
        var thing = RoutePaths.Thing(path, name);
        return new()
        {
            ["name"] = name,
            ["in"] = "path",
            ["description"] = RoutePaths.IsId(name) ? $"The id of the {thing}." : $"The {thing}.",
            ["required"] = true,
            ["schema"] = schema,
            ["example"] = RoutePaths.IsId(name) ? ExampleIds.OfPath(path, name) : ExampleIds.OfText(name),
        };
    }

    private static JsonObject ParameterReference(string name) => new() { ["$ref"] = $"#/components/parameters/{name}" };

    private static JsonObject FileOf(int bytesMax) =>
        new()
        {
            ["description"] = $"The file itself, of at most {bytesMax / (1024 * 1024)} MiB.",
            ["required"] = true,
            ["content"] = new JsonObject { ["application/octet-stream"] = new JsonObject() },
        };

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

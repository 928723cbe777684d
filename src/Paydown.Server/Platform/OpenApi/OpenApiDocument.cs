using System.Text.Json.Nodes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.OpenApi;

/// <summary>
/// Writes the OpenAPI 3.1 document from the declarations that the server runs on. ASP.NET's generator cannot be used,
/// because it sees only plain delegates behind one pipeline. The same routes give the same text, byte for byte.
/// </summary>
public static class OpenApiDocument
{
    /// <summary>Returns the text of the document, as served and as committed in docs/openapi.json.</summary>
    public static string Write(ApiRoutes routes) => DocumentText.Write(Build(routes, DocComments.OfProgram));

    /// <exception cref="InvalidOperationException">
    /// Two operations or two components have the same name, or an example is missing.
    /// </exception>
    internal static JsonObject Build(ApiRoutes routes, DocComments comments)
    {
        var schemas = new AnswerSchemas(comments);
        var paths = PathsOf(routes, new OperationDescriptions(schemas));
        var webhooks = WebhookDescriptions.Of(routes.Events, schemas);
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = About(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "This server." }),
            ["security"] = new JsonArray(
                new JsonObject { ["accessToken"] = new JsonArray() },
                new JsonObject { ["bearer"] = new JsonArray() }
            ),
            ["tags"] = TagsOf(routes),
            ["paths"] = paths,
            ["webhooks"] = webhooks,
            ["components"] = new JsonObject
            {
                ["schemas"] = Sorted(
                    schemas.Components.Concat(SharedParts.Schemas()).Concat(WebhookDescriptions.SharedSchemas())
                ),
                ["responses"] = Sorted(AnswerDescriptions.Shared()),
                ["parameters"] = SharedParts.Parameters(),
                ["headers"] = SharedParts.Headers(),
                ["securitySchemes"] = SharedParts.SecuritySchemes(),
            },
        };
    }

    private static JsonObject About() =>
        new()
        {
            ["title"] = "Paydown",
            ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version!.ToString(3),
            ["summary"] = "Loan repayment and loan servicing.",
            ["description"] =
                "Money is a JSON number in major units, exact to the currency's minor unit. Dates are YYYY-MM-DD, instants "
                + "ISO 8601 in UTC with Z, ids lower-case UUIDs. Unknown query parameters are refused, and so are unknown "
                + "fields under /admin; in other bodies they are ignored. Every path under /api/v1 works under /api/v6 too: v6 is "
                + "an alias. x-roles, x-api-token-scope and x-error-codes list the roles, the scope and the error codes of "
                + "a call; docs/errors.md explains the codes.",
            ["contact"] = new JsonObject { ["name"] = "The Paydown authors" },
            ["license"] = new JsonObject { ["name"] = "Apache License 2.0", ["identifier"] = "Apache-2.0" },
        };

    private static JsonArray TagsOf(ApiRoutes routes)
    {
        var tags = routes
            .All.Select(route => route.Tag)
            .Append(HealthDescriptions.Tag)
            .Distinct(StringComparer.Ordinal);
        return new JsonArray([.. tags.Select(tag => new JsonObject { ["name"] = tag })]);
    }

    private static JsonObject PathsOf(ApiRoutes routes, OperationDescriptions operations)
    {
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var route in routes.All.OrderBy(route => route.Method, StringComparer.Ordinal))
        {
            var path = ApiRoutes.PathOf(route.Path, ApiRoutes.Versions[0]);
            if (!ids.Add(OperationDescriptions.IdOf(route)))
                throw new InvalidOperationException($"Two operations are called {OperationDescriptions.IdOf(route)}.");
            if (!paths.TryGetValue(path, out var operationsOfPath))
                paths.Add(path, operationsOfPath = []);
            operationsOfPath.Add(route.Method.ToLowerInvariant(), operations.Of(route));
        }

        return new(
            paths
                .Select(path => KeyValuePair.Create(path.Key, (JsonNode?)path.Value))
                .Concat(HealthDescriptions.Paths())
        );
    }

    private static JsonObject Sorted(IEnumerable<KeyValuePair<string, JsonNode?>> parts) =>
        new(
            parts
                .OrderBy(part => part.Key, StringComparer.Ordinal)
                .Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone()))
        );
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paydown.Server.Platform.OpenApi;
using Paydown.Server.Tests.Isolation;
using Shouldly;

namespace Paydown.Server.Tests;

/// <summary>Compares every response that tests receive with the OpenAPI document.</summary>
internal static class WireContract
{
    private static readonly Lazy<JsonObject> Written = new(() =>
        JsonNode.Parse(OpenApiDocument.Write(Features.CreateRoutes()))!.AsObject()
    );

    /// <summary>The document.</summary>
    public static Task<JsonObject> DocumentAsync() => Task.FromResult(Written.Value);

    /// <summary>Fails if a response differs from the document's description of its path, method and status.</summary>
    public static async Task ShouldHoldAsync(HttpMethod method, string path, int status, string body)
    {
        var breaches = await BreachesAsync(method, path, status, body);
        breaches.ShouldBeEmpty($"{method} {path} answered {status} {body}");
    }

    /// <summary>Returns the differences between a response and the document.</summary>
    public static async Task<IReadOnlyList<string>> BreachesAsync(
        HttpMethod method,
        string path,
        int status,
        string body
    )
    {
        var document = await DocumentAsync();
        if (await IsFileAsync(method, path, status))
            return [];
        if (Parsed(body) is not { } json)
            return ["it is not JSON"];
        var schemas = new DocumentSchemas(document);
        // Paths and methods that are not in the document get the envelope.
        return Find(document, method.Method, path.Split('?')[0]) is { } operation
            ? schemas.BreachesOfAnswer(operation, status, json)
            : schemas.Breaches(document["components"]!["schemas"]!["Failure"]!, json);
    }

    /// <summary>Returns true if the document describes a response as a file, which has no schema.</summary>
    public static async Task<bool> IsFileAsync(HttpMethod method, string path, int status) =>
        Find(await DocumentAsync(), method.Method, path.Split('?')[0]) is { } operation
        && IsFile(operation["responses"]![$"{status}"]);

    /// <summary>Returns true if a response is a file of any content type.</summary>
    public static bool IsFile(JsonNode? response) => response?["content"]?["*/*"] is not null;

    /// <summary>Returns the operation of a path, in any version and under its aliases; null if there is none.</summary>
    public static JsonNode? Find(JsonObject document, string method, string path)
    {
        if (path.StartsWith("/api/v6/", StringComparison.OrdinalIgnoreCase))
            path = "/api/v1/" + path["/api/v6/".Length..];
        return document["paths"]!
            .AsObject()
            .SelectMany(entry =>
                entry
                    .Value!.AsObject()
                    .Select(operation => (Template: entry.Key, Method: operation.Key, Node: operation.Value!))
            )
            .FirstOrDefault(one =>
                Operation
                    .AliasesOf(one.Node)
                    .Prepend((Method: one.Method.ToUpperInvariant(), Path: one.Template))
                    .Any(alias => alias.Method == method && IsOf(alias.Path, path))
            )
            .Node;
    }

    private static JsonNode? Parsed(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static bool IsOf(string template, string path)
    {
        var pattern = string.Join(
            "[^/]+",
            Regex.Split(template, @"\{[^}]+\}", RegexOptions.None, OneSecond).Select(Regex.Escape)
        );
        return Regex.IsMatch(path, $"^{pattern}$", RegexOptions.IgnoreCase, OneSecond);
    }

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(10);
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paydown.Server.Platform.OpenApi;
using Paydown.Server.Tests.Isolation;
using Shouldly;

namespace Paydown.Server.Tests;

/// <summary>The OpenAPI document as a promise: what tests are answered is held against it.</summary>
internal static class WireContract
{
    private static readonly Lazy<JsonObject> Written = new(() =>
        JsonNode.Parse(OpenApiDocument.Write(Features.CreateRoutes()))!.AsObject()
    );

    /// <summary>The document.</summary>
    public static Task<JsonObject> DocumentAsync() => Task.FromResult(Written.Value);

    /// <summary>An answer is what the document says of its path, method and status.</summary>
    public static async Task ShouldHoldAsync(HttpMethod method, string path, int status, string body)
    {
        var breaches = await BreachesAsync(method, path, status, body);
        breaches.ShouldBeEmpty($"{method} {path} answered {status} {body}");
    }

    /// <summary>Where an answer is not what the document says.</summary>
    public static async Task<IReadOnlyList<string>> BreachesAsync(
        HttpMethod method,
        string path,
        int status,
        string body
    )
    {
        var document = await DocumentAsync();
        if (Parsed(body) is not { } json)
            return ["it is not JSON"];
        var schemas = new DocumentSchemas(document);
        // What names no path of the document, or takes another method, is answered with the envelope.
        return Find(document, method.Method, path.Split('?')[0]) is { } operation
            ? schemas.BreachesOfAnswer(operation, status, json)
            : schemas.Breaches(document["components"]!["schemas"]!["Failure"]!, json);
    }

    /// <summary>The operation behind a path, under any version and under its aliases; null if there is none.</summary>
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

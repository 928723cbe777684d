using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;

namespace Paydown.Server.Tests;

/// <summary>The OpenAPI document as a promise: what tests are answered is held against it.</summary>
internal static class WireContract
{
    private static readonly Lazy<Task<JsonObject>> Written = new(async () =>
        JsonNode.Parse(await Paydown.Server.Commands.OpenApi.WriteDocumentAsync())!.AsObject()
    );

    /// <summary>The document.</summary>
    public static Task<JsonObject> DocumentAsync() => Written.Value;

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
        var template = document["paths"]!.AsObject().Select(entry => entry.Key).FirstOrDefault(key => IsOf(key, path));
        var schemas = new DocumentSchemas(document);
        // What names no path of the document, or takes another method, is answered with the envelope.
        return template is null || document["paths"]![template]![method.Method.ToLowerInvariant()] is null
            ? schemas.Breaches(document["components"]!["schemas"]!["Failure"]!, json)
            : schemas.BreachesOfAnswer(template, method.Method, status, json);
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
        return Regex.IsMatch(path.Split('?')[0], $"^{pattern}$", RegexOptions.IgnoreCase, OneSecond);
    }

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(10);
}

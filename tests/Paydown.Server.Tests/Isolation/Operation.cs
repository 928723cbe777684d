using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Tests.Isolation;

/// <summary>One call as the OpenAPI document describes it. The tests know nothing else about it.</summary>
internal sealed record Operation(string Path, HttpMethod Method, JsonNode Description, DocumentSchemas Schemas)
{
    /// <summary>Returns every call of the API in the document, without the health checks.</summary>
    public static async Task<IReadOnlyList<Operation>> AllAsync()
    {
        var document = await WireContract.DocumentAsync();
        var schemas = new DocumentSchemas(document);
        return
        [
            .. document["paths"]!
                .AsObject()
                .Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal))
                .SelectMany(path =>
                    path.Value!.AsObject()
                        .SelectMany(entry =>
                            AliasesOf(entry.Value!)
                                .Prepend((Method: entry.Key, Path: path.Key))
                                .Select(one => new Operation(
                                    one.Path,
                                    HttpMethod.Parse(one.Method),
                                    entry.Value!,
                                    schemas
                                ))
                        )
                ),
        ];
    }

    /// <summary>Returns the other methods and paths of an operation.</summary>
    public static IEnumerable<(string Method, string Path)> AliasesOf(JsonNode operation) =>
        (operation["x-aliases"]?.AsArray() ?? [])
            .Select(alias => alias!.ToString().Split(' '))
            .Select(parts => (parts[0], parts[1]));

    /// <summary>True if the body is a file, which has no fields.</summary>
    public bool TakesFile => Description["requestBody"] is not null && Body is null;

    /// <summary>The description of the body with its example; null if there is none, or if it is a file.</summary>
    private JsonNode? Body => Description["requestBody"]?["content"]!["application/json"];

    public string Name => $"{Method} {Path}";

    public bool NeedsToken => Description["security"] is null;

    /// <summary>The roles that may call it.</summary>
    public IReadOnlyList<string> Roles => [.. Description["x-roles"]!.AsArray().Select(role => role!.ToString())];

    /// <summary>The scope that an API token needs; null if no token may call it.</summary>
    public string? ApiTokenScope => Description["x-api-token-scope"]?.ToString();

    /// <summary>True if only staff may call it.</summary>
    public bool IsBackOffice => Path.Contains("/services/admin/", StringComparison.Ordinal);

    public bool IsFor(string role) => Roles.Contains(role);

    public JsonObject? BodySchema => Body?["schema"]!.AsObject();

    private JsonObject? BodyExample => Body?["example"]!.AsObject();

    private IEnumerable<JsonNode> Parameters =>
        (Description["parameters"]?.AsArray() ?? [])
            .Select(parameter => Schemas.Resolve(parameter!))
            .Where(one => one["in"]!.ToString() != "header");

    /// <summary>The names of its ids: in the path, the query and the body.</summary>
    public IReadOnlyList<string> Ids =>
        [
            .. Parameters
                .Where(one => IsId(one["schema"]) || one["name"]!.ToString() == "transactionReference")
                .Select(one => one["name"]!.ToString())
                .Concat(
                    BodySchema
                        ?["properties"]!.AsObject()
                        .Where(member => IsId(member.Value))
                        .Select(member => member.Key)
                        ?? []
                )
                .Distinct(StringComparer.Ordinal),
        ];

    public IReadOnlyList<string> PathIds =>
        [
            .. Parameters
                .Where(one => one["in"]!.ToString() == "path" && IsId(one["schema"]))
                .Select(one => one["name"]!.ToString()),
        ];

    /// <summary>Returns true if a query parameter accepts this percent-encoded text.</summary>
    public bool TakesAsText(string queryName, string value)
    {
        var schema = Parameters.Single(one => one["name"]!.ToString() == queryName)["schema"]!;
        return schema["pattern"]?.ToString() is { } pattern
            && schema["type"]!.ToString() == "string"
            && !value.Contains('&', StringComparison.Ordinal)
            && Regex.IsMatch(Uri.UnescapeDataString(value), pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    public IReadOnlyList<string> QueryNames =>
        [.. Parameters.Where(one => one["in"]!.ToString() == "query").Select(one => one["name"]!.ToString())];

    /// <summary>Returns the path and query with an id in each place.</summary>
    public string PathWith(Func<string, string> idOf)
    {
        var path = Path;
        var query = new List<string>();
        foreach (var parameter in Parameters)
        {
            var name = parameter["name"]!.ToString();
            if (parameter["in"]!.ToString() == "query" && !IsId(parameter["schema"]) && parameter["required"] is null)
                continue;
            var value =
                IsId(parameter["schema"]) ? idOf(name)
                // A transaction reference is derived from an id.
                : name == "transactionReference" ? TransferReference.Of(new(Guid.Parse(idOf(name))))
                : parameter["example"]!.ToString();
            if (parameter["in"]!.ToString() == "path")
                path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            else
                query.Add($"{name}={value}");
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    /// <summary>Returns the example body with an id in each place; null if there is no body.</summary>
    public JsonObject? BodyWith(Func<string, string> idOf)
    {
        if (BodyExample?.DeepClone() is not JsonObject body)
            return null;
        foreach (var (name, schema) in BodySchema!["properties"]!.AsObject())
        {
            if (IsId(schema))
                body[name] = idOf(name);
        }

        return body;
    }

    private static bool IsId(JsonNode? schema) => schema?["format"]?.ToString() == "uuid";
}

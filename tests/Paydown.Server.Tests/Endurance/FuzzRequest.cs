using System.Text;
using System.Text.Json.Nodes;
using Paydown.Server.Tests.Isolation;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A request generated from the OpenAPI document and a seed: valid, or with up to three errors. No HTTP client checks
/// it, so hostile bytes arrive unchanged.
/// </summary>
internal sealed class FuzzRequest
{
    private static readonly string[] Methods =
    [
        "GET",
        "POST",
        "PUT",
        "DELETE",
        "PATCH",
        "OPTIONS",
        "HEAD",
        "TRACE",
        "X",
    ];

    private static readonly string[] OddIds =
    [
        "%00",
        "%2F",
        "..",
        "%2e%2e",
        "%2e%2e%2f%2e%2e",
        "a%2Fb",
        "%5C",
        "%F0%9F%98%80",
        "%ff%fe",
        "'%20or%201=1--",
        "%0d%0aX-A:%20b",
        "{id}",
        "-1",
        "00000000-0000-0000-0000-000000000000",
        "%25",
        "%",
        "a;b=c",
        "~",
        "*",
        "@",
        "",
        new string('9', 300),
        new string('x', 5_000),
    ];

    private static readonly string[] OddQueries =
    [
        "page=0",
        "page=-1",
        "page=99999999999999999999",
        "page=1e3",
        "size=0",
        "size=1000000",
        "size=",
        "status=%00",
        "status=VERIFIED&status=REJECTED",
        "date=2026-02-30",
        "date=9999-12-31",
        "date=0001-01-01",
        "startDate=x",
        "endDate=2026-13-01",
        "=",
        "&&&",
        "?",
        "%",
        "%ZZ",
        "a[b]=c",
        "page=1;size=2",
        "loanApplicationId=x",
        "page=%F0%9F%98%80",
        "x=" + new string('y', 6_000),
        string.Join('&', Enumerable.Repeat("page=1", 600)),
    ];

    private static readonly string?[] ContentTypes =
    [
        null,
        "",
        "text/plain",
        "application/xml",
        "application/json; charset=utf-16",
        "application/json;charset=\"x",
        "APPLICATION/JSON",
        "application/jsonp",
        "multipart/form-data",
        "application/json, application/json",
        "/",
        ";",
    ];

    private static readonly string[] OddHeaders =
    [
        "",
        " ",
        "\t",
        "x",
        "2026-99-99T00:00:00Z",
        "1.2.3.4.5",
        "::g",
        "a b",
        "é",
        "\u0001",
        new string('h', 300),
    ];

    private static readonly string[] HeaderNames =
    [
        "X-Auth-Token",
        "x-fapi-auth-date",
        "x-fapi-customer-ip-address",
        "x-fapi-interaction-id",
        "x-idempotency-key",
    ];

    private readonly Random random;
    private readonly Operation operation;

    public FuzzRequest(FuzzTarget target, long seed)
    {
        random = new Random((int)(seed % int.MaxValue));
        operation = Pick(target.Operations);
        // Checking a password is slow on purpose.
        if (!operation.NeedsToken && random.Next(8) > 0)
            operation = Pick(target.Operations);
        Method = operation.Method.Method;
        Path = operation.PathWith(name => target.IdFor(name, operation.Path, random));
        SetHeaders(target, seed);
        if (operation.BodySchema is not null)
        {
            Body = Encoding.UTF8.GetBytes(ValidBody(target).ToJsonString());
            ContentType = "application/json";
        }

        for (var wrong = random.Next(4); wrong > 0; wrong--)
            GoWrong(target);
    }

    public string Method { get; private set; }

    /// <summary>The path with its query, percent-encoded as sent.</summary>
    public string Path { get; private set; }

    public List<(string Name, string Value)> Headers { get; } = [];

    public string? ContentType { get; private set; }

    public byte[]? Body { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>The path in the document that the request matches; null if an error changed the path.</summary>
    public string? Template { get; private set; }

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        var headers = string.Join(", ", Headers.Select(header => $"{header.Name}: {Short(header.Value, 60)}"));
        var kind = IsChunked ? $"{ContentType} chunked" : ContentType;
        return $"{Method} {Short(Path, 300)} [{headers}] {kind} {Short(body, 600)}";
    }

    private void SetHeaders(FuzzTarget target, long seed)
    {
        Template = operation.Path;
        if (operation.NeedsToken)
        {
            var role = random.Next(12) == 0 ? Pick(target.Tokens.Keys.ToArray()) : Pick(operation.Roles);
            Headers.Add(("X-Auth-Token", target.Tokens[role]));
        }

        Headers.Add(("x-fapi-auth-date", "2026-01-31T09:30:00Z"));
        Headers.Add(("x-fapi-customer-ip-address", random.Next(2) == 0 ? "192.0.2.1" : "2001:db8::1"));
        Headers.Add(("x-fapi-interaction-id", "fuzz"));
        // Sometimes a key that was used before.
        Headers.Add(("x-idempotency-key", random.Next(10) == 0 ? $"fuzz-{random.Next(50)}" : $"fuzz-{seed}"));
    }

    // The document's example with small amounts, so loans are not paid off during the run.
    private JsonObject ValidBody(FuzzTarget target)
    {
        var body = operation.BodyWith(name => target.IdFor(name, operation.Path, random))!;
        foreach (var (name, schema) in operation.BodySchema!["properties"]!.AsObject())
        {
            if (!body.ContainsKey(name))
                continue;
            if (schema!["type"]?.ToString() == "number")
                body[name] = random.Next(1, 500) / 100m;
            if (schema["enum"] is JsonArray words)
                body[name] = Pick(words.ToArray())?.DeepClone();
            if (name is "payoffAmount" && random.Next(3) > 0)
                body.Remove(name);
            if (name is "paymentDate")
                body.Remove(name);
        }

        return body;
    }

    private void GoWrong(FuzzTarget target)
    {
        switch (random.Next(12))
        {
            case 0:
                Method = Pick(Methods);
                break;
            case 1:
                Path = OddPath();
                break;
            case 2:
                Path += (Path.Contains('?') ? "&" : "?") + Pick(OddQueries);
                break;
            case 3:
                ContentType = Pick(ContentTypes);
                break;
            case 4:
                IsChunked = Body is not null;
                break;
            case 5:
                OddHeader();
                break;
            case 6:
                OddToken(target);
                break;
            default:
                OddBody();
                break;
        }
    }

    private string OddPath()
    {
        Template = null;
        var segments = Path.Split('?')[0].Split('/');
        var at = random.Next(1, segments.Length);
        switch (random.Next(5))
        {
            case 0:
                segments[at] = Pick(OddIds);
                break;
            case 1:
                segments[at] += Pick(OddIds);
                break;
            case 2:
                segments[at] = segments[at].ToUpperInvariant();
                break;
            case 3:
                return string.Join('/', segments) + "/" + Pick(OddIds);
            default:
                return string.Join("//", segments);
        }

        return string.Join('/', segments);
    }

    private void OddHeader()
    {
        var name = Pick(HeaderNames);
        var at = Headers.FindIndex(header => header.Name == name);
        if (at < 0 || random.Next(4) == 0)
            Headers.Add((name, Pick(OddHeaders)));
        else if (random.Next(3) == 0)
            Headers.RemoveAt(at);
        else
            Headers[at] = (name, Pick(OddHeaders));
    }

    private void OddToken(FuzzTarget target)
    {
        Headers.RemoveAll(header => header.Name == "X-Auth-Token");
        var token = Pick(target.Tokens.Values.ToArray());
        switch (random.Next(5))
        {
            case 0:
                break;
            case 1:
                Headers.Add(("X-Auth-Token", token[..random.Next(token.Length)]));
                break;
            case 2:
                Headers.Add(("X-Auth-Token", token.Replace('.', 'x')));
                break;
            case 3:
                Headers.Add(("Authorization", $"Bearer {token}"));
                break;
            default:
                var broken = token.ToCharArray();
                broken[random.Next(broken.Length)] = 'A';
                Headers.Add(("X-Auth-Token", new string(broken)));
                break;
        }
    }

    private void OddBody()
    {
        if (Body is null || operation.BodySchema is not { } schema)
        {
            Body = random.Next(3) == 0 ? FuzzTarget.RandomBytes(random, random.Next(1, 200)) : null;
            return;
        }

        if (random.Next(8) == 0)
        {
            Body = FuzzBodies.Broken(Body, random);
            return;
        }

        Body = FuzzBodies.WithOddField(Body, schema, random);
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private static string Short(string text, int length) => text.Length <= length ? text : text[..length] + "…";
}

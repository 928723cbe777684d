using System.Net.Http.Headers;
using System.Text;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Isolation;

/// <summary>
/// The headers of every response and the methods of every path, on every route of the OpenAPI document and on other
/// paths.
/// </summary>
public sealed class EveryAnswerTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = server.Address,
    };

    private readonly List<string> breaches = [];
    private IReadOnlyList<Operation> operations = [];
    private Belongings own = null!;

    public async ValueTask InitializeAsync()
    {
        operations =
        [
            .. (await Operation.AllAsync()).Where(one => one.Path.StartsWith("/api/v1/", StringComparison.Ordinal)),
        ];
        own = await Belongings.CreateAsync(server);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        breaches.ShouldBeEmpty();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task No_response_of_a_route_may_be_cached()
    {
        foreach (var operation in operations)
        {
            foreach (var token in new[] { TokenFor(operation), "nonsense" })
            {
                using var answer = await SendAsync(operation.Method, operation.PathWith(OwnId), token);
                CheckHeaders(operation.Name, answer);
            }
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/services/user/nothing", null, 0, 404)]
    [InlineData("GET", "/", null, 0, 200)]
    [InlineData("PATCH", "/api/v1/services/user/list-products", null, 0, 405)]
    [InlineData("POST", "/api/v1/services/usermanagement/register-customer", "text/plain", 10, 415)]
    [InlineData("POST", "/api/v1/services/usermanagement/register-customer", "application/json", 70_000, 413)]
    [InlineData("POST", "/api/v1/services/usermanagement/register-customer", "application/json", 10, 400)]
    [InlineData("GET", "/health/live", null, 0, 200)]
    [InlineData("GET", "/health/ready", null, 0, 200)]
    [InlineData("OPTIONS", "/health/ready", null, 0, 204)]
    public async Task No_response_outside_the_routes_may_be_cached(
        string method,
        string path,
        string? type,
        int length,
        int status
    )
    {
        using var answer = await SendAsync(HttpMethod.Parse(method), path, null, type, length);
        ((int)answer.StatusCode).ShouldBe(status);
        CheckHeaders($"{method} {path}", answer);
    }

    [Fact]
    public async Task Head_returns_the_headers_of_get_without_the_body()
    {
        var paths = operations
            .Where(one => one.Method == HttpMethod.Get)
            .Select(one => (one.Name, Path: one.PathWith(OwnId), Token: TokenFor(one)))
            .Concat(
                new[]
                {
                    "/health/live",
                    "/health/ready",
                    "/",
                    "/openapi/v1.json",
                    "/docs",
                    "/docs/index.html",
                    "/docs/page.js",
                    "/docs/swagger-ui.css",
                    "/nothing",
                }.Select(path => (path, path, (string?)null))
            );
        foreach (var (name, path, token) in paths)
        {
            using var get = await SendAsync(HttpMethod.Get, path, token);
            using var head = await SendAsync(HttpMethod.Head, path, token);
            if (head.StatusCode != get.StatusCode)
                breaches.Add($"{name}: {head.StatusCode}, not {get.StatusCode}");
            if ((await head.Content.ReadAsByteArrayAsync()).Length > 0)
                breaches.Add($"{name}: HEAD has a body");
            var (expected, told) = (HeadersOf(get), HeadersOf(head));
            if (!told.SetEquals(expected))
                breaches.Add($"{name}: {string.Join("; ", told)}, not {string.Join("; ", expected)}");
        }
    }

    [Fact]
    public async Task An_unsupported_method_is_405_and_the_response_lists_the_supported_ones()
    {
        foreach (var path in operations.GroupBy(one => one.Path))
        {
            var methods = path.Select(one => one.Method.Method).ToHashSet();
            if (methods.Contains("GET"))
                methods.Add("HEAD");
            methods.Add("OPTIONS");
            foreach (var method in new[] { "PATCH", "OPTIONS" })
            {
                using var answer = await SendAsync(HttpMethod.Parse(method), path.First().PathWith(OwnId), null);
                var status = (int)answer.StatusCode;
                if (status != (method == "PATCH" ? 405 : 204))
                    breaches.Add($"{method} {path.Key}: {status}");
                var allowed = answer.Content.Headers.Allow.ToHashSet();
                if (!allowed.SetEquals(methods))
                    breaches.Add($"{method} {path.Key}: Allow {string.Join(", ", allowed)}");
            }
        }
    }

    [Theory]
    [InlineData("/api/v1/services/user/%2e%2e/admin/organisation")]
    [InlineData("/api/v1/services/user/%2E./admin/organisation")]
    [InlineData("/api/v1/services/user/../admin/organisation")]
    [InlineData("/api/v1/services/user/./list-products")]
    [InlineData("/api/v1/services/user/list-products/..")]
    public async Task A_path_with_dot_segments_is_refused_and_not_resolved(string path)
    {
        var target = new Uri(server.Address, "/");
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(target.Host, target.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {target.Authority}\r\nConnection: close\r\n\r\n")
        );
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("dot segments");
        answer.ShouldContain("Cache-Control: no-store");
    }

    [Fact]
    public async Task An_origin_that_is_not_allowed_gets_no_cors_headers()
    {
        using var request = Request(HttpMethod.Get, "/health/live", null);
        request.Headers.Add("Origin", "https://app.example");
        using var answer = await http.SendAsync(request);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private void CheckHeaders(string name, HttpResponseMessage answer)
    {
        string One(string header) =>
            answer.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : "";
        if (One("Cache-Control") != "no-store")
            breaches.Add($"{name} {answer.StatusCode}: {One("Cache-Control")}");
        if (One("Vary") != "X-Auth-Token, Authorization")
            breaches.Add($"{name} {answer.StatusCode}: {One("Vary")}");
        if (One("X-Content-Type-Options") != "nosniff")
            breaches.Add($"{name} {answer.StatusCode} may be sniffed");
    }

    // A list is sent in chunks, so its length is not known beforehand.
    private static HashSet<string> HeadersOf(HttpResponseMessage answer) =>
        [
            .. answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header => header.Key is not ("Date" or "Transfer-Encoding" or "Content-Length"))
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"),
        ];

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? token,
        string? type = null,
        int length = 0
    )
    {
        var request = Request(method, path, token);
        if (length > 0)
            request.Content = new ByteArrayContent(new byte[length]);
        if (type is not null)
            request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return http.SendAsync(request);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Add("X-Auth-Token", token);
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "every-answer");
        return request;
    }

    private string OwnId(string name) => $"{own.Named(name)[0]}";

    private string? TokenFor(Operation operation) =>
        operation switch
        {
            { NeedsToken: false } => null,
            _ when operation.IsFor("CUSTOMER") => own.Customer.Token,
            _ => server.TokenOf(
                own.Customer.Caller with
                {
                    UserId = server.Ids.Next<UserId>(),
                    Role = Enum.Parse<Role>(operation.Roles[0], ignoreCase: true),
                }
            ),
        };
}

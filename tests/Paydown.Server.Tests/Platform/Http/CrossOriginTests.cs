using System.Net;
using Microsoft.AspNetCore.Builder;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

/// <summary>Pages of other origins (CORS), with the requests that a browser sends.</summary>
public sealed class CrossOriginTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Path = "/api/v1/services/user/repay-loan/0190a5a0-0000-7000-8000-000000000001";
    private WebApplication application = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        application = ServerHost.Build(
            new ServerOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ConnectionString = await cluster.CreateDatabaseAsync(),
                CrossOrigin = Read("https://app.example, http://localhost:3000"),
            }
        );
        await application.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await application.DisposeAsync();
    }

    [Fact]
    public async Task The_preflight_of_an_allowed_page_succeeds_and_lists_what_it_may_send()
    {
        using var answer = await SendAsync(HttpMethod.Options, Path, "https://app.example", "POST");
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe("https://app.example");
        Header(answer, "Access-Control-Allow-Methods").ShouldBe("POST, OPTIONS");
        var headers = Header(answer, "Access-Control-Allow-Headers").Split(", ");
        foreach (
            var header in new[]
            {
                "X-Auth-Token",
                "Authorization",
                "Content-Type",
                "x-fapi-auth-date",
                "x-fapi-customer-ip-address",
                "x-fapi-interaction-id",
                "x-idempotency-key",
            }
        )
            headers.ShouldContain(header);
        Header(answer, "Access-Control-Max-Age").ShouldBe("7200");
        Header(answer, "Access-Control-Allow-Credentials").ShouldBe("");
        Header(answer, "Vary").ShouldBe("X-Auth-Token, Authorization, Origin");
    }

    [Theory]
    [InlineData("POST", Path, 401)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("DELETE", Path, 405)]
    [InlineData("GET", "/health/live", 200)]
    public async Task An_allowed_page_may_read_every_response_and_the_relevant_headers(
        string method,
        string path,
        int status
    )
    {
        using var answer = await SendAsync(HttpMethod.Parse(method), path, "http://localhost:3000");
        ((int)answer.StatusCode).ShouldBe(status);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe("http://localhost:3000");
        var exposed = Header(answer, "Access-Control-Expose-Headers").Split(", ");
        foreach (
            var header in new[]
            {
                "x-fapi-interaction-id",
                "Idempotency-Replayed",
                "Retry-After",
                "Content-Disposition",
            }
        )
            exposed.ShouldContain(header);
    }

    [Theory]
    [InlineData("https://other.example")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("http://app.example")]
    [InlineData("null")]
    public async Task A_page_that_is_not_allowed_gets_no_cors_headers(string origin)
    {
        using var asked = await SendAsync(HttpMethod.Options, Path, origin, "POST");
        Header(asked, "Access-Control-Allow-Origin").ShouldBe("");
        Header(asked, "Access-Control-Allow-Methods").ShouldBe("");
        using var sent = await SendAsync(HttpMethod.Post, Path, origin);
        Header(sent, "Access-Control-Allow-Origin").ShouldBe("");
        Header(sent, "Vary").ShouldEndWith("Origin");
    }

    [Theory]
    [InlineData("app.example")]
    [InlineData("https://app.example/path")]
    [InlineData("ftp://app.example")]
    [InlineData("https://user@app.example")]
    public void An_invalid_origin_is_reported(string text)
    {
        CrossOrigin.TryParse($"https://app.example, {text}", out _, out var wrong).ShouldBeFalse();
        wrong.ShouldBe(text);
    }

    [Fact]
    public void An_origin_is_compared_as_a_browser_writes_it() =>
        Read("https://APP.example:443/").ToString().ShouldBe("https://APP.example:443/");

    private static CrossOrigin Read(string text) =>
        CrossOrigin.TryParse(text, out var origins, out _) ? origins : throw new ArgumentException(text);

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string origin,
        string? asksFor = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        if (asksFor is not null)
            request.Headers.Add("Access-Control-Request-Method", asksFor);
        return await http.SendAsync(request);
    }
}

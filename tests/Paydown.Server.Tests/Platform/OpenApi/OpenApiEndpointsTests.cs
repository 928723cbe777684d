using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

public sealed class OpenApiEndpointsTests(TestServer server) : IClassFixture<TestServer>, IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = server.Address };

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task The_document_is_served_as_it_is_written()
    {
        using var response = await http.GetAsync("/openapi/v1.json");
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        (await response.Content.ReadAsStringAsync()).ShouldBe(
            await Paydown.Server.Commands.OpenApi.WriteDocumentAsync()
        );
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        using var response = await http.GetAsync("/docs");
        response.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/docs/index.html");
        var page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("<meta name=\"viewport\" content=\"width=device-width");
        var files = Regex
            .Matches(page, "(?:src|href)=\"(?<file>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["file"].Value)
            .ToList();
        files.Count.ShouldBeGreaterThan(4);
        foreach (var file in files)
        {
            using var part = await http.GetAsync("/docs/" + file);
            part.IsSuccessStatusCode.ShouldBeTrue(file);
        }

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; script-src 'self';");
        (await http.GetStringAsync("/docs/index.js")).ShouldContain("/openapi/v1.json");
    }

    [Fact]
    public async Task The_health_of_the_server_is_answered_as_described()
    {
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var response = await http.GetAsync(path);
            var body = await response.Content.ReadAsStringAsync();
            await WireContract.ShouldHoldAsync(HttpMethod.Get, path, (int)response.StatusCode, body);
        }
    }
}

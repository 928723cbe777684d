using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

/// <summary>The page over HTTP. <c>build/page</c> tests it in a browser.</summary>
public sealed class ApiPageTests(TestServer server) : IClassFixture<TestServer>, IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = server.Address,
    };

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task The_page_loads_only_files_of_this_server()
    {
        using var redirect = await http.GetAsync("/docs");
        redirect.Headers.Location!.ToString().ShouldEndWith("/index.html");
        using var response = await http.GetAsync("/docs/index.html");
        var page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("<meta name=\"viewport\" content=\"width=device-width");
        var files = Regex
            .Matches(
                page,
                "<(?:script src|link [^>]*href)=\"(?<file>[^\"]+)\"",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
            .Select(match => match.Groups["file"].Value)
            .ToList();
        files.ShouldBe(["favicon-32x32.png", "swagger-ui.css", "page.css", "swagger-ui-bundle.js", "page.js"]);
        foreach (var file in files)
        {
            using var part = await http.GetAsync("/docs/" + file);
            part.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        }

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; script-src 'self';");
    }

    [Fact]
    public async Task The_root_redirects_browsers_to_the_pages()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

        using var response = await http.SendAsync(request);

        (response.StatusCode, response.Headers.Location).ShouldBe(
            (HttpStatusCode.Found, new Uri("/home", UriKind.Relative))
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task The_root_gives_programs_addresses_that_exist(string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);

        using var response = await http.SendAsync(request);

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("status").GetString().ShouldBe("SUCCESS");
        foreach (var address in json.RootElement.GetProperty("data").EnumerateObject())
        {
            using var start = await http.GetAsync(address.Value.GetString());
            ((int)start.StatusCode).ShouldBeLessThan(400, address.Name);
        }
    }
}

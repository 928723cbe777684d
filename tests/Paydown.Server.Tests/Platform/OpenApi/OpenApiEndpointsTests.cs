using System.IO.Compression;
using Paydown.Server.Platform.OpenApi;
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
        (await response.Content.ReadAsStringAsync()).ShouldBe(OpenApiDocument.Write(Features.CreateRoutes()));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("gzip;q=1, *;q=0", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, identity", null)]
    [InlineData("", null)]
    public async Task The_document_is_compressed_as_the_client_accepts(
        string accepted,
        string? encoding = "as accepted"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        if (accepted.Length > 0)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await http.SendAsync(request);
        response
            .Content.Headers.ContentEncoding.SingleOrDefault()
            .ShouldBe(encoding == "as accepted" ? accepted : encoding);
        response.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        await using var content = await response.Content.ReadAsStreamAsync();
        await using var plain = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(content, CompressionMode.Decompress),
            "gzip" => new GZipStream(content, CompressionMode.Decompress),
            _ => content,
        };
        using var reader = new StreamReader(plain);
        (await reader.ReadToEndAsync()).ShouldBe(OpenApiDocument.Write(Features.CreateRoutes()));
    }

    [Fact]
    public async Task A_document_that_the_client_has_cached_is_not_sent_again()
    {
        using var first = await http.GetAsync("/openapi/v1.json");
        foreach (var (tag, status) in new[] { (first.Headers.ETag!.ToString(), 304), ("*", 304), ("W/\"other\"", 200) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var response = await http.SendAsync(request);
            ((int)response.StatusCode).ShouldBe(status, tag);
            (await response.Content.ReadAsStringAsync()).Length.ShouldBe(
                status == 304 ? 0 : await LengthAsync(first),
                tag
            );
        }

        static async Task<int> LengthAsync(HttpResponseMessage response) =>
            (await response.Content.ReadAsStringAsync()).Length;
    }

    [Fact]
    public async Task The_health_checks_respond_as_described()
    {
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var response = await http.GetAsync(path);
            var body = await response.Content.ReadAsStringAsync();
            await WireContract.ShouldHoldAsync(HttpMethod.Get, path, (int)response.StatusCode, body);
        }
    }
}

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

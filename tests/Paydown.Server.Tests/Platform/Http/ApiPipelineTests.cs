using System.Net;
using System.Text;
using System.Text.Json;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

/// <summary>The checks of the pipeline before a use case runs.</summary>
public sealed class ApiPipelineTests(TestServer server) : IClassFixture<TestServer>, IDisposable
{
    // Sends header values as raw bytes, like a client with a bug.
    private readonly HttpClient http = new(
        new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 }
    );

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("x-fapi-interaction-id")]
    [InlineData("x-idempotency-key")]
    public async Task A_header_outside_ascii_is_refused_by_name(string header)
    {
        var customer = await server.Lender.AddCustomerAsync();
        using var request = Request(HttpMethod.Post, $"user/repay-loan/{customer.UserId}", customer.Token);
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, "clé-1");
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        body.GetProperty("message")
            .GetString()
            .ShouldBe($"Header {header} must be 1 to {(header[2] == 'f' ? 128 : 255)} visible ASCII characters.");
    }

    [Fact]
    public async Task A_401_says_how_to_sign_in()
    {
        using var request = Request(HttpMethod.Get, $"user/get-total/{server.Lender.Id}", "not a token");
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/json ; charset=utf-8")]
    public async Task The_content_type_may_be_written_in_any_way_that_HTTP_allows(string type)
    {
        var customer = await server.Lender.AddCustomerAsync();
        using var request = Request(HttpMethod.Post, $"user/repay-loan/{customer.UserId}", customer.Token);
        request.Content = new ByteArrayContent("{}"u8.ToArray());
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    public async Task An_empty_body_has_no_fields_whatever_its_content_type(string? type)
    {
        var customer = await server.Lender.AddCustomerAsync();
        using var request = Request(HttpMethod.Post, $"user/repay-loan/{customer.UserId}", customer.Token);
        request.Content = new ByteArrayContent([]);
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("repaymentAmount is required.");

        var manager = await server.Lender.AddUserAsync(Role.Manager);
        using var optional = Request(HttpMethod.Put, $"admin/loan-application/{manager.UserId}/approve", manager.Token);
        optional.Content = new ByteArrayContent([]);
        if (type is not null)
            optional.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var unknown = await http.SendAsync(optional);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string token)
    {
        var request = new HttpRequestMessage(method, new Uri(server.Address, $"api/v1/services/{path}"));
        request.Headers.TryAddWithoutValidation("X-Auth-Token", token);
        request.Headers.TryAddWithoutValidation("x-fapi-auth-date", "2026-11-21T09:30:00Z");
        request.Headers.TryAddWithoutValidation("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.TryAddWithoutValidation("x-fapi-interaction-id", "interaction-12345");
        request.Headers.TryAddWithoutValidation("x-idempotency-key", "key-1");
        return request;
    }
}

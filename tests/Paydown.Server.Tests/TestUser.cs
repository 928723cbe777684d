using System.Text;
using System.Text.Json;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests;

/// <summary>A person or a program that calls the API, with all headers of a correct caller.</summary>
public sealed class TestUser
{
    private static readonly HttpClient Http = new();
    private static int keys;

    private readonly Uri api;
    private readonly Func<string> token;

    /// <param name="address">The address of the server.</param>
    /// <param name="caller">The user.</param>
    /// <param name="token">Issues an access token per call, so none expires however a test moves the clock.</param>
    internal TestUser(Uri address, Caller caller, Func<string> token) =>
        (api, Caller, this.token) = (new Uri(address, "api/v1/services/"), caller, token);

    /// <summary>The address that paths of the API follow.</summary>
    public Uri Api => api;

    public Caller Caller { get; }

    public Guid UserId => Caller.UserId.Value;

    public Guid OrganisationId => Caller.OrganisationId.Value;

    /// <summary>The access token that the next call sends.</summary>
    public string Token => token();

    /// <summary>Returns the holder of a token: an API token, or the access token of a sign-in.</summary>
    public static TestUser Holding(string token, Uri address) =>
        new(address, new Caller(default, default, Role.Manager, default), () => token);

    /// <summary>The same user, who calls another server on the same database.</summary>
    public TestUser On(TestServer other) => other.UserOf(Caller);

    public Task<Reply> GetAsync(string path) => CallAsync(HttpMethod.Get, path, body: null, key: null);

    /// <summary>Posts with an idempotency key: a new one, unless it is given.</summary>
    public Task<Reply> PostAsync(string path, object? body = null, string? key = null) =>
        CallAsync(HttpMethod.Post, path, body, key ?? NextKey());

    /// <summary>Puts with an idempotency key: a new one, unless it is given.</summary>
    public Task<Reply> PutAsync(string path, object? body = null, string? key = null) =>
        CallAsync(HttpMethod.Put, path, body, key ?? NextKey());

    /// <summary>Posts a file as the body, with an idempotency key: a new one, unless it is given.</summary>
    public async Task<Reply> UploadAsync(string path, byte[] file, string? key = null, string? contentType = null)
    {
        using var content = new ByteArrayContent(file);
        if (contentType is not null)
            content.Headers.ContentType = new(contentType);
        var reply = await SendContentAsync(HttpMethod.Post, path, content, key ?? NextKey());
        await WireContract.ShouldHoldAsync(HttpMethod.Post, new Uri(api, path).AbsolutePath, reply.Status, reply.Body);
        return reply;
    }

    /// <summary>Deletes with a new idempotency key.</summary>
    public Task<Reply> DeleteAsync(string path) => CallAsync(HttpMethod.Delete, path, body: null, NextKey());

    /// <summary>Sends any request, without comparing the response with the OpenAPI document.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body, string? key)
    {
        using var content = body is null
            ? null
            : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await SendContentAsync(method, path, content, key);
    }

    private static string NextKey() => $"key-{Interlocked.Increment(ref keys)}";

    private async Task<Reply> SendContentAsync(HttpMethod method, string path, HttpContent? content, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(api, path));
        request.Headers.Add("X-Auth-Token", token());
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "interaction-12345");
        if (key is not null)
            request.Headers.Add("x-idempotency-key", key);
        request.Content = content;
        return await Reply.ReadAsync(await Http.SendAsync(request));
    }

    private async Task<Reply> CallAsync(HttpMethod method, string path, object? body, string? key)
    {
        var reply = await SendAsync(method, path, body, key);
        await WireContract.ShouldHoldAsync(method, new Uri(api, path).AbsolutePath, reply.Status, reply.Body);
        return reply;
    }
}

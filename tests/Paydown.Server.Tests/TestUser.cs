using System.Text;
using System.Text.Json;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests;

/// <summary>A person or a program that calls the API, with every header a correct caller sends.</summary>
public sealed class TestUser
{
    private static readonly HttpClient Http = new();
    private static int keys;

    private readonly TestServer server;
    private readonly Func<string> token;

    internal TestUser(TestServer server, Caller caller, Func<string>? token = null)
    {
        (this.server, Caller) = (server, caller);
        this.token = token ?? (() => server.TokenOf(caller));
    }

    public Caller Caller { get; }

    public Guid UserId => Caller.UserId;

    public Guid OrganisationId => Caller.OrganisationId;

    /// <summary>The access token that the next call sends.</summary>
    public string Token => token();

    /// <summary>The same user, who calls another server on the same database.</summary>
    public TestUser On(TestServer other) => new(other, Caller);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, body: null, key: null);

    /// <summary>Posts with an idempotency key: a new one, unless it is given.</summary>
    public Task<Reply> PostAsync(string path, object? body = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body, key ?? NextKey());

    /// <summary>Puts with an idempotency key: a new one, unless it is given.</summary>
    public Task<Reply> PutAsync(string path, object? body = null, string? key = null) =>
        SendAsync(HttpMethod.Put, path, body, key ?? NextKey());

    private static string NextKey() => $"key-{Interlocked.Increment(ref keys)}";

    private async Task<Reply> SendAsync(HttpMethod method, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Api, path));
        request.Headers.Add("X-Auth-Token", token());
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "interaction-12345");
        if (key is not null)
            request.Headers.Add("x-idempotency-key", key);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        var reply = await Reply.ReadAsync(await Http.SendAsync(request));
        await WireContract.ShouldHoldAsync(method, request.RequestUri!.AbsolutePath, reply.Status, reply.Body);
        return reply;
    }
}

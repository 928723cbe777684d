using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Paydown.Server.Tests;

/// <summary>An answer of the API.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string Body, bool IsReplayed)
{
    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public JsonElement Data => Json.GetProperty("data");

    /// <summary>The code of a refusal.</summary>
    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The data, where it is a success.</summary>
    public JsonElement ShouldSucceed()
    {
        Status.ShouldBe(HttpStatusCode.OK, Body);
        Json.GetProperty("status").GetString().ShouldBe("SUCCESS");
        return Data;
    }

    public ApiAnswer ShouldBeRefused(int status, string code)
    {
        ((int)Status).ShouldBe(status, Body);
        Json.GetProperty("status").GetString().ShouldBe("FAILED");
        Code.ShouldBe(code);
        return this;
    }
}

/// <summary>Calls the API as one user, with all headers in order.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;
    private static int keys;

    public ApiClient(Uri address, string token)
    {
        http = new HttpClient { BaseAddress = new Uri(address, "api/v1/services/") };
        http.DefaultRequestHeaders.Add("X-Auth-Token", token);
        http.DefaultRequestHeaders.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        http.DefaultRequestHeaders.Add("x-fapi-customer-ip-address", "192.0.2.1");
        http.DefaultRequestHeaders.Add("x-fapi-interaction-id", "interaction-12345");
    }

    public void Dispose() => http.Dispose();

    public async Task<ApiAnswer> GetAsync(string path) => await ReadAsync(await http.GetAsync(path));

    /// <summary>Posts with an idempotency key: a new one, unless it is given.</summary>
    public Task<ApiAnswer> PostAsync(string path, object body, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body, key);

    /// <summary>Puts with an idempotency key; without a body, unless it is given.</summary>
    public Task<ApiAnswer> PutAsync(string path, object? body = null, string? key = null) =>
        SendAsync(HttpMethod.Put, path, body, key);

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        request.Headers.Add("x-idempotency-key", key ?? $"key-{Interlocked.Increment(ref keys)}");
        return await ReadAsync(await http.SendAsync(request));
    }

    private static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var body = await response.Content.ReadAsStringAsync();
        var request = response.RequestMessage!;
        await WireContract.ShouldHoldAsync(
            request.Method,
            request.RequestUri!.AbsolutePath,
            (int)response.StatusCode,
            body
        );
        return new ApiAnswer(response.StatusCode, body, response.Headers.Contains("Idempotency-Replayed"));
    }
}

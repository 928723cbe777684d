using System.Text.Json;
using Shouldly;

namespace Paydown.Server.Tests;

/// <summary>A response of the API.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body as it was sent.</param>
/// <param name="IsReplayed">True if it is the stored response to an earlier request with the same key.</param>
/// <param name="RetryAfter">When to try again; null if the response does not say.</param>
public sealed record Reply(int Status, string Body, bool IsReplayed, TimeSpan? RetryAfter)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Data => Json.GetProperty("data");

    /// <summary>The code of a refusal; null for a success.</summary>
    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>The access token in the response to a sign-in.</summary>
    public string AccessToken => Data.GetProperty("access_token").GetString()!;

    /// <summary>The refresh token in the response to a sign-in.</summary>
    public string RefreshToken => Data.GetProperty("refresh_token").GetString()!;

    /// <summary>Reads a response and disposes it. The body must be JSON.</summary>
    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            return new Reply(
                (int)response.StatusCode,
                await response.Content.ReadAsStringAsync(),
                response.Headers.Contains("Idempotency-Replayed"),
                response.Headers.RetryAfter?.Delta
            );
        }
    }

    /// <returns>The data.</returns>
    public JsonElement ShouldSucceed()
    {
        Status.ShouldBe(200, Body);
        Json.GetProperty("status").GetString().ShouldBe("SUCCESS");
        return Data;
    }

    public Reply ShouldBeRefused(int status, string code)
    {
        Status.ShouldBe(status, Body);
        Json.GetProperty("status").GetString().ShouldBe("FAILED");
        Code.ShouldBe(code);
        return this;
    }
}

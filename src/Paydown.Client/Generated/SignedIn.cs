using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>The response to a sign-in.</summary>
internal sealed partial record SignedIn
{
    /// <summary>The access token, a JWT; send it as X-Auth-Token.</summary>
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    /// <summary>The refresh token, which can be used once.</summary>
    [JsonPropertyName("refresh_token")]
    public required string RefreshToken { get; init; }

    /// <summary>Always Bearer.</summary>
    [JsonPropertyName("token_type")]
    public required string TokenType { get; init; }

    /// <summary>The lifetime of the access token in seconds.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }

    /// <summary>The user who signed in.</summary>
    public required SignedInUser User { get; init; }
}

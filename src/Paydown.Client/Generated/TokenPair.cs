using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>The response to a refresh.</summary>
internal sealed partial record TokenPair
{
    /// <summary>The new access token, a JWT.</summary>
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    /// <summary>The new refresh token; the one that was sent is spent.</summary>
    [JsonPropertyName("refresh_token")]
    public required string RefreshToken { get; init; }

    /// <summary>Always Bearer.</summary>
    [JsonPropertyName("token_type")]
    public required string TokenType { get; init; }

    /// <summary>The lifetime of the access token in seconds.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }
}

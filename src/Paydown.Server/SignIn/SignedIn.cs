using System.Text.Json.Serialization;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

/// <summary>What a sign-in is answered with.</summary>
public sealed record SignedIn(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    SignedInUser User
);

/// <summary>Who signed in.</summary>
public sealed record SignedInUser(
    Guid Id,
    Role Role,
    string FirstName,
    string LastName,
    string Email,
    Guid OrganisationId
);

/// <summary>What a refresh is answered with.</summary>
public sealed record TokenPair(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn
)
{
    internal static TokenPair Of(string accessToken, string refreshToken) =>
        new(accessToken, refreshToken, "Bearer", (int)AccessTokens.Lifetime.TotalSeconds);
}

/// <summary>What a logout is answered with: nothing but the message.</summary>
public sealed record SignedOut;

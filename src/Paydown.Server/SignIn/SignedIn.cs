using System.Text.Json.Serialization;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

/// <summary>The response to a sign-in.</summary>
/// <param name="AccessToken">The access token, a JWT; send it as <c>X-Auth-Token</c>.</param>
/// <param name="RefreshToken">The refresh token, which can be used once.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">The lifetime of the access token in seconds.</param>
/// <param name="User">The user who signed in.</param>
public sealed record SignedIn(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    SignedInUser User
);

/// <summary>The user who signed in.</summary>
/// <param name="Id">The user's id; for customers also the customer id.</param>
/// <param name="Role">The user's role.</param>
/// <param name="FirstName">The user's first name.</param>
/// <param name="LastName">The user's last name.</param>
/// <param name="Email">The user's e-mail address.</param>
/// <param name="OrganisationId">The organisation that the user belongs to.</param>
public sealed record SignedInUser(
    UserId Id,
    Role Role,
    string FirstName,
    string LastName,
    string Email,
    OrganisationId OrganisationId
);

/// <summary>The response to a refresh.</summary>
/// <param name="AccessToken">The new access token, a JWT.</param>
/// <param name="RefreshToken">The new refresh token; the one that was sent is spent.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">The lifetime of the access token in seconds.</param>
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

/// <summary>The response to a logout: nothing but the message.</summary>
public sealed record SignedOut;

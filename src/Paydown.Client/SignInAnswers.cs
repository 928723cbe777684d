using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>Who is signed in.</summary>
public sealed record SignedInUser
{
    /// <summary>Id of the user; of a customer, the id of the customer too.</summary>
    public required Guid Id { get; init; }

    /// <summary>What the user may do.</summary>
    public required UserRole Role { get; init; }

    /// <summary>First name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Last name.</summary>
    public required string LastName { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Id of the lender.</summary>
    public required Guid OrganisationId { get; init; }
}

/// <summary>The answer to a sign-in.</summary>
internal sealed record SignedIn
{
    /// <summary>What calls are authorised with.</summary>
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    /// <summary>What gets the next pair; good for one use.</summary>
    [JsonPropertyName("refresh_token")]
    public required string RefreshToken { get; init; }

    /// <summary>Always Bearer.</summary>
    [JsonPropertyName("token_type")]
    public required string TokenType { get; init; }

    /// <summary>Seconds until the access token expires.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }

    /// <summary>Who signed in.</summary>
    public required SignedInUser User { get; init; }
}

/// <summary>The answer to a refresh.</summary>
internal sealed record TokenPair
{
    /// <summary>What calls are authorised with.</summary>
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    /// <summary>What gets the next pair; good for one use.</summary>
    [JsonPropertyName("refresh_token")]
    public required string RefreshToken { get; init; }

    /// <summary>Always Bearer.</summary>
    [JsonPropertyName("token_type")]
    public required string TokenType { get; init; }

    /// <summary>Seconds until the access token expires.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }
}

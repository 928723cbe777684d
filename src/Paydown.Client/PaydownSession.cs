namespace Paydown.Client;

/// <summary>The tokens of a signed-in user. Keep them as safe as a password.</summary>
public sealed record PaydownSession
{
    /// <summary>The token that calls carry: an access token or an API token.</summary>
    public required string AccessToken { get; init; }

    /// <summary>The token that gets the next session; it works once. Null if there is none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the access token expires; null if unknown: it is renewed when the server refuses it.</summary>
    public DateTimeOffset? AccessEndsAt { get; init; }

    /// <summary>The session without its tokens, which must not reach a log.</summary>
    public override string ToString() => $"{nameof(PaydownSession)} until {AccessEndsAt:O}";
}

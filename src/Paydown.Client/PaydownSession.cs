namespace Paydown.Client;

/// <summary>What proves who calls. Keep it like a password.</summary>
public sealed record PaydownSession
{
    /// <summary>What calls are authorised with.</summary>
    public required string AccessToken { get; init; }

    /// <summary>What gets the next session, once; null: it ends with the access token.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the access token ends; null: unknown, so that it is renewed when the server refuses it.</summary>
    public DateTimeOffset? AccessEndsAt { get; init; }

    /// <summary>Without the tokens, so that no log gets them.</summary>
    public override string ToString() => $"{nameof(PaydownSession)} until {AccessEndsAt:O}";
}

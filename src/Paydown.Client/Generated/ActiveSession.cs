namespace Paydown.Client;

/// <summary>A sign-in that has not ended.</summary>
public sealed partial record ActiveSession
{
    /// <summary>The session's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the user signed in.</summary>
    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>When the session last got a new access token.</summary>
    public required DateTimeOffset LastRefreshedAt { get; init; }

    /// <summary>When the session ends if it is not refreshed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>True for the session of this request.</summary>
    public required bool IsCurrent { get; init; }
}

namespace Paydown.Client;

/// <summary>An API token without its secret, which is shown once and not stored.</summary>
public sealed partial record ApiToken
{
    /// <summary>The token's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The token's name, which says what it is for.</summary>
    public required string Name { get; init; }

    /// <summary>The scopes, for example repayments:verify.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The manager who created it.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute; null if never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null if it is not.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }
}

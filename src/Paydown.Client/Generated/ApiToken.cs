namespace Paydown.Client;

/// <summary>An API token without its secret, which is shown once and not stored.</summary>
public sealed partial record ApiToken
{
    /// <summary>The field id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The field name.</summary>
    public required string Name { get; init; }

    /// <summary>For example repayments:verify.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The field createdBy.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>The field createdAt.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The field expiresAt.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To the minute; null: never.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Null: it is not revoked.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }
}

using System.Text.Json;

namespace Paydown.Client;

/// <summary>What is known of an API token; the token itself was shown once.</summary>
public sealed record ApiToken
{
    /// <summary>Its id, which stands wherever a user's would.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The manager who made it.</summary>
    public required Guid CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it counts.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To the minute; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Null: it is not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>An API token that has just been made.</summary>
public sealed record NewApiToken
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it counts.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// The token: keep it like a password. Null where it was shown before, because an answer was lost on its way;
    /// then revoke this one and make another.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>Without the token, so that no log gets it.</summary>
    public override string ToString() => $"{nameof(NewApiToken)} {Id}";
}

/// <summary>Who did what, to what, and when.</summary>
public sealed record AuditEntry
{
    /// <summary>Its id; they grow with time.</summary>
    public required Guid Id { get; init; }

    /// <summary>For example CHARGE_APPLIED.</summary>
    public required string Action { get; init; }

    /// <summary>A user, or an API token.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>The name of the user or of the API token.</summary>
    public string? ActorName { get; init; }

    /// <summary>What it was done to.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>What else is to be known of it.</summary>
    public required JsonElement Detail { get; init; }

    /// <summary>The caller's name for the request.</summary>
    public required string InteractionId { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

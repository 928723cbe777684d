namespace Paydown.Client;

/// <summary>An API token that was just created.</summary>
public sealed partial record NewApiToken
{
    /// <summary>The token's id, which revoking it takes.</summary>
    public required Guid Id { get; init; }

    /// <summary>The token's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the token may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When the token was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The instant from which the token is invalid.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The token itself; null if the response repeats an earlier one.</summary>
    public required string? Token { get; init; }
}

namespace Paydown.Client;

/// <summary>An API token to create for a server.</summary>
public sealed partial record ApiTokenOrder
{
    /// <summary>The token's name, which says what it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What the token may do: one or more scopes, each once.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The number of days until the token expires.</summary>
    public required int ExpiresInDays { get; init; }
}

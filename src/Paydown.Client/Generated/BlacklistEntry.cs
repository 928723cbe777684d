namespace Paydown.Client;

/// <summary>People to whom the organisation does not lend.</summary>
public sealed partial record BlacklistEntry
{
    /// <summary>The entry's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What identifies them.</summary>
    public required BlacklistKind Kind { get; init; }

    /// <summary>The number or address.</summary>
    public required string Value { get; init; }

    /// <summary>Why, for officers; customers never see it.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}

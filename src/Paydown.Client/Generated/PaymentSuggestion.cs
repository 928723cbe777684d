namespace Paydown.Client;

/// <summary>What an officer may do with an entry. It never happens without an officer.</summary>
public sealed partial record PaymentSuggestion
{
    /// <summary>What it rests on.</summary>
    public required SuggestionKind Kind { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>What the entry would pay; together its amount.</summary>
    public required IReadOnlyList<SuggestedPart> Parts { get; init; }

    /// <summary>The other entries that make up the report together with it; empty if it alone does.</summary>
    public required IReadOnlyList<Guid> With { get; init; }
}

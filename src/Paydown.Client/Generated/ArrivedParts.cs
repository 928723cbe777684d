namespace Paydown.Client;

/// <summary>The bank entries that wait as parts of a report.</summary>
public sealed partial record ArrivedParts
{
    /// <summary>Their sum.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The entries.</summary>
    public required IReadOnlyList<Guid> StatementEntryIds { get; init; }
}

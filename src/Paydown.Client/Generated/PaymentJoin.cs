namespace Paydown.Client;

/// <summary>The report that unidentified entries pay together.</summary>
public sealed partial record PaymentJoin
{
    /// <summary>The report that the entries pay together.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>Other entries that wait and are parts of the report too, at most 49.</summary>
    public IReadOnlyList<Guid>? WithEntryIds { get; init; }

    /// <summary>Why, for the history of the entries.</summary>
    public string? Reason { get; init; }
}

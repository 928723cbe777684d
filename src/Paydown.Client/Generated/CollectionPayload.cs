namespace Paydown.Client;

/// <summary>The payload of the event loan.collector_changed.</summary>
public sealed partial record CollectionPayload
{
    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The third party that collects; null if the lender collects itself.</summary>
    public required string? Collector { get; init; }

    /// <summary>When the change was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}

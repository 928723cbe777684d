using System.Text.Json;

namespace Paydown.Client;

/// <summary>An event, as a webhook sends it, with its id.</summary>
public sealed partial record ListedEvent
{
    /// <summary>The event's id: the header webhook-id of its deliveries.</summary>
    public required string Id { get; init; }

    /// <summary>The type, for example repayment.verified.</summary>
    public required string Type { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Its place among the events of a loan.</summary>
    public required EventSequence Sequence { get; init; }

    /// <summary>The payload; docs/events.md has the fields of each type.</summary>
    public required JsonElement Data { get; init; }
}

namespace Paydown.Client;

/// <summary>An event that an endpoint is to receive, and the attempts to deliver it.</summary>
public sealed partial record WebhookDelivery
{
    /// <summary>The delivery's id, which a replay takes.</summary>
    public required Guid Id { get; init; }

    /// <summary>The event's id: the header webhook-id of every attempt.</summary>
    public required string EventId { get; init; }

    /// <summary>The number of the event, by which GET admin/events lists it; null for a test.</summary>
    public required long? Sequence { get; init; }

    /// <summary>The type of the event.</summary>
    public required string Type { get; init; }

    /// <summary>PENDING, DELIVERED or DEAD.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>When the next attempt is due; null if there is none.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When the event was handed over for delivery.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was delivered or given up; null if it is pending.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>The attempts so far, oldest first.</summary>
    public required IReadOnlyList<DeliveryAttempt> Attempts { get; init; }
}

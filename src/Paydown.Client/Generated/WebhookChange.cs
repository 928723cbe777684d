namespace Paydown.Client;

/// <summary>An endpoint as it is to be.</summary>
public sealed partial record WebhookChange
{
    /// <summary>The https address that events are sent to.</summary>
    public required string Url { get; init; }

    /// <summary>What the endpoint is for.</summary>
    public string? Description { get; init; }

    /// <summary>The types of events to receive, each once. Null or empty: all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>ACTIVE to send events, PAUSED to keep them until it is active again, DISABLED to drop them.</summary>
    public required WebhookState State { get; init; }
}

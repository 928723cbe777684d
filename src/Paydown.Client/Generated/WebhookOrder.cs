namespace Paydown.Client;

/// <summary>A webhook endpoint to create.</summary>
public sealed partial record WebhookOrder
{
    /// <summary>The https address that events are sent to.</summary>
    public required string Url { get; init; }

    /// <summary>What the endpoint is for.</summary>
    public string? Description { get; init; }

    /// <summary>The types of events to receive, each once. Null or empty: all.</summary>
    public IReadOnlyList<string>? Types { get; init; }
}

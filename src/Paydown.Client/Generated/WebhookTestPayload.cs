namespace Paydown.Client;

/// <summary>The payload of the event webhook.test.</summary>
public sealed partial record WebhookTestPayload
{
    /// <summary>The endpoint that is tested.</summary>
    public required Guid WebhookId { get; init; }
}

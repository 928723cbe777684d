namespace Paydown.Client;

/// <summary>A webhook endpoint with a new secret.</summary>
public sealed partial record NewWebhook
{
    /// <summary>The endpoint.</summary>
    public required WebhookEndpoint Webhook { get; init; }

    /// <summary>
    /// The secret that signs its events, whsec_ and base64; null if the response repeats an earlier one.
    /// </summary>
    public required string? Secret { get; init; }
}

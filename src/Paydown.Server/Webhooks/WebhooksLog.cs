namespace Paydown.Server.Webhooks;

/// <summary>The log messages of webhooks.</summary>
internal static partial class WebhooksLog
{
    [LoggerMessage(LogLevel.Error, "Events could not be handed over for delivery; they are tried again.")]
    public static partial void FanOutFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "Deliveries could not be leased or recorded; they are tried again.")]
    public static partial void DeliveryFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The delivery of event {EventId} to webhook {WebhookId} was given up.")]
    public static partial void DeliveryDead(ILogger logger, string eventId, WebhookId webhookId);

    [LoggerMessage(LogLevel.Warning, "Webhook {WebhookId} was disabled; it has failed for days or refuses events.")]
    public static partial void EndpointDisabled(ILogger logger, WebhookId webhookId);

    [LoggerMessage(LogLevel.Error, "Old deliveries could not be deleted; they are tried again.")]
    public static partial void UpkeepFailed(ILogger logger, Exception exception);
}

namespace Paydown.Client;

/// <summary>Webhook endpoints, their deliveries and the list of events, for managers and API tokens.</summary>
public sealed class WebhookCalls
{
    private readonly Caller caller;

    internal WebhookCalls(Caller caller) => this.caller = caller;

    /// <summary>Creates an endpoint. Its secret, for <see cref="WebhookVerifier"/>, is shown once.</summary>
    /// <param name="order">Where events are sent, and which.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the endpoint may still be created.</param>
    public Task<NewWebhook> CreateAsync(
        WebhookOrder order,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.CreateWebhook,
            Routes.CreateWebhook.To(),
            order,
            PaydownJson.Default.WebhookOrder,
            PaydownJson.Default.NewWebhookAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the endpoints, newest first.</summary>
    public IAsyncEnumerable<WebhookEndpoint> ListAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListWebhooks,
            Routes.ListWebhooks.To(),
            PaydownJson.Default.WebhookEndpointsAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the endpoints; at most 50.</summary>
    public Task<Page<WebhookEndpoint>> GetPageAsync(
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListWebhooks,
            Routes.ListWebhooks.To(),
            page,
            size,
            PaydownJson.Default.WebhookEndpointsAnswer,
            cancellationToken
        );

    /// <summary>Gets an endpoint, without its secret.</summary>
    public Task<WebhookEndpoint> GetAsync(Guid webhookId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetWebhook,
            Routes.GetWebhook.To(webhookId),
            PaydownJson.Default.WebhookEndpointAnswer,
            cancellationToken
        );

    /// <summary>Changes an endpoint, pauses it, disables it or starts it again.</summary>
    public Task<WebhookEndpoint> ChangeAsync(
        Guid webhookId,
        WebhookChange change,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeWebhook,
            Routes.ChangeWebhook.To(webhookId),
            change,
            PaydownJson.Default.WebhookChange,
            PaydownJson.Default.WebhookEndpointAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Deletes an endpoint with its deliveries.</summary>
    public Task<WebhookEndpoint> DeleteAsync(
        Guid webhookId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.DeleteWebhook,
            Routes.DeleteWebhook.To(webhookId),
            PaydownJson.Default.WebhookEndpointAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Sends the event <c>webhook.test</c>.</summary>
    public Task<QueuedDelivery> TestAsync(
        Guid webhookId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.TestWebhook,
            Routes.TestWebhook.To(webhookId),
            PaydownJson.Default.QueuedDeliveryAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Replaces the secret. The new one is shown once.</summary>
    /// <param name="webhookId">The endpoint.</param>
    /// <param name="previousForHours">How long the previous secret signs as well; 0 if it has leaked.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the secret may still be replaced.</param>
    public Task<NewWebhook> RotateSecretAsync(
        Guid webhookId,
        int previousForHours = 24,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RotateWebhookSecret,
            Routes.RotateWebhookSecret.To(webhookId),
            new SecretRotation(previousForHours),
            PaydownJson.Default.SecretRotation,
            PaydownJson.Default.NewWebhookAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the deliveries of an endpoint with their attempts, newest first.</summary>
    /// <param name="webhookId">The endpoint.</param>
    /// <param name="state">Only deliveries in this state; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public IAsyncEnumerable<WebhookDelivery> ListDeliveriesAsync(
        Guid webhookId,
        DeliveryState? state = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListDeliveries,
            DeliveriesAddress(webhookId, state),
            PaydownJson.Default.WebhookDeliveriesAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the deliveries of an endpoint; at most 50.</summary>
    public Task<Page<WebhookDelivery>> GetDeliveriesPageAsync(
        Guid webhookId,
        PagePosition page,
        int size = 10,
        DeliveryState? state = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListDeliveries,
            DeliveriesAddress(webhookId, state),
            page,
            size,
            PaydownJson.Default.WebhookDeliveriesAnswer,
            cancellationToken
        );

    /// <summary>Sends a delivery that has ended once more.</summary>
    public Task<QueuedDelivery> ReplayAsync(
        Guid webhookId,
        Guid deliveryId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ReplayDelivery,
            Routes.ReplayDelivery.To(webhookId, deliveryId),
            PaydownJson.Default.QueuedDeliveryAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Sends the events of a period once more.</summary>
    public Task<Replayed> ReplayAsync(
        Guid webhookId,
        EventReplay replay,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ReplayEvents,
            Routes.ReplayEvents.To(webhookId),
            replay,
            PaydownJson.Default.EventReplay,
            PaydownJson.Default.ReplayedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>
    /// Gets the events after those that the caller has, oldest first. Going on with <see cref="EventList.Next"/> misses
    /// none.
    /// </summary>
    /// <param name="after">
    /// The <see cref="EventList.Next"/> of the previous call; null for the oldest that is kept.
    /// </param>
    /// <param name="type">Only events of this type; null for all.</param>
    /// <param name="size">The maximum number of events, at most 500.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<EventList> ListEventsAsync(
        string? after = null,
        string? type = null,
        int size = 100,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ListEvents,
            Caller.Query(Routes.ListEvents.To(), ("after", after), ("type", type), ("size", size)),
            PaydownJson.Default.EventListAnswer,
            cancellationToken
        );

    private static string DeliveriesAddress(Guid webhookId, DeliveryState? state) =>
        Caller.Query(Routes.ListDeliveries.To(webhookId), ("state", state));
}

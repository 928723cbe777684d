using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Webhooks;

/// <summary>
/// How the lender's own systems learn what happens: endpoints that receive events, and the list of events.
/// </summary>
public static class WebhookRoutes
{
    internal static readonly PathId<WebhookId> WebhookId = new("webhookId");
    internal static readonly PathId<DeliveryId> DeliveryId = new("deliveryId");

    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton(provider => new TargetGuard(provider.GetRequiredService<WebhookOptions>()));
    }

    public static void MapWebhooks(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: webhooks");
        officers.Get<ListWebhooks>("admin/webhooks", Manager, WebhooksRead);
        officers.Post<CreateWebhook>("admin/webhooks", Manager, WebhooksWrite);
        officers.Get<GetWebhook>($"admin/webhooks/{WebhookId}", Manager, WebhooksRead);
        officers.Put<ChangeWebhook>($"admin/webhooks/{WebhookId}", Manager, WebhooksWrite);
        officers.Delete<DeleteWebhook>($"admin/webhooks/{WebhookId}", Manager, WebhooksWrite);
        officers.Post<TestWebhook>($"admin/webhooks/{WebhookId}/test", Manager, WebhooksWrite);
        officers.Post<RotateWebhookSecret>($"admin/webhooks/{WebhookId}/rotate-secret", Manager, WebhooksWrite);
        officers.Get<ListDeliveries>($"admin/webhooks/{WebhookId}/deliveries", Manager, WebhooksRead);
        officers.Post<ReplayDelivery>(
            $"admin/webhooks/{WebhookId}/deliveries/{DeliveryId}/replay",
            Manager,
            WebhooksWrite
        );
        officers.Post<ReplayEvents>($"admin/webhooks/{WebhookId}/replay", Manager, WebhooksWrite);
        officers.Get<ListEvents>("admin/events", Manager, EventsRead);
        routes.Sends(EventCatalogue.All);
    }
}

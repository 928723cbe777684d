using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A webhook endpoint and its deliveries.</summary>
/// <param name="Webhook">The endpoint.</param>
/// <param name="Deliveries">One page of its deliveries, newest first.</param>
/// <param name="Secret">The new secret, right after it was replaced; otherwise null.</param>
public sealed record WebhookModel(WebhookEndpoint Webhook, Page<WebhookDelivery> Deliveries, string? Secret);

/// <summary>Shows a webhook endpoint: tests, pauses, replaces the secret, sends again, deletes.</summary>
internal static class WebhookPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) => ShowAsync(call, null);

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (id, form, webhooks, cancelled) = (call.Id("webhookId"), call.Form, call.Api.Webhooks, call.Cancelled);
        switch (form.Act)
        {
            case "change":
                var change = new WebhookChange
                {
                    Url = form.Required("url", "Enter the address."),
                    Description = form.TextOrNull("description"),
                    Types = WebhooksPage.TypesOf(form),
                    State = form.IsTicked("isPaused") ? WebhookState.Paused : WebhookState.Active,
                };
                form.ThrowIfWrong();
                await webhooks.ChangeAsync(id, change, form.Key, cancelled);
                break;
            case "test":
                await webhooks.TestAsync(id, form.Key, cancelled);
                break;
            case "rotate":
                var rotated = await webhooks.RotateSecretAsync(
                    id,
                    idempotencyKey: form.Key,
                    cancellationToken: cancelled
                );
                return await ShowAsync(call, rotated.Secret);
            case "again":
                var delivery = form.Chosen("delivery");
                form.ThrowIfWrong();
                await webhooks.ReplayAsync(id, delivery, form.Key, cancelled);
                break;
            case "delete":
                await webhooks.DeleteAsync(id, form.Key, cancelled);
                return PageAnswer.Go("/office/settings/webhooks?done=ok");
            default:
                throw new PageMissingException();
        }

        return PageAnswer.Go($"/office/settings/webhooks/{id}?done=ok");
    }

    private static async Task<PageAnswer> ShowAsync(PageCall call, string? secret)
    {
        var id = call.Id("webhookId");
        var webhook = await call.Api.Webhooks.GetAsync(id, call.Cancelled);
        var state = call.QueryWord<DeliveryState>("state");
        var deliveries = await call.Api.Webhooks.GetDeliveriesPageAsync(id, call.Position, 25, state, call.Cancelled);
        return PageAnswer.Show<WebhookView, WebhookModel>("Webhook", new(webhook, deliveries, secret));
    }
}

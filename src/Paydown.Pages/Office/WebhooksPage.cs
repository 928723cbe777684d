using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The webhook endpoints.</summary>
/// <param name="Page">One page of them.</param>
/// <param name="New">The endpoint that was just created, with its secret, which is shown once.</param>
public sealed record WebhooksModel(Page<WebhookEndpoint> Page, NewWebhook? New);

/// <summary>Lists and creates webhook endpoints.</summary>
internal static class WebhooksPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) => ShowAsync(call, null);

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var order = new WebhookOrder
        {
            Url = form.Required("url", "Enter the address, such as https://example.com/paydown."),
            Description = form.TextOrNull("description"),
            Types = TypesOf(form),
        };
        form.ThrowIfWrong();
        return await ShowAsync(call, await call.Api.Webhooks.CreateAsync(order, form.Key, call.Cancelled));
    }

    /// <summary>The kinds of events of a form; null for all.</summary>
    public static IReadOnlyList<string>? TypesOf(PageForm form) =>
        form.TextOrNull("types") is { } types
            ? [.. types.Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
            : null;

    private static async Task<PageAnswer> ShowAsync(PageCall call, NewWebhook? made)
    {
        var page = await call.Api.Webhooks.GetPageAsync(call.Position, 25, call.Cancelled);
        return PageAnswer.Show<WebhooksView, WebhooksModel>("Webhooks", new(page, made));
    }
}

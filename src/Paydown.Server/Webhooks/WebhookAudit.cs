using System.Text.Json;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Webhooks;

/// <summary>The audit entries of webhooks.</summary>
internal static class WebhookAudit
{
    /// <summary>An entry with the endpoint as it is after the act.</summary>
    public static AuditRecord Of(Call call, ActionContext context, Ids ids, WebhookEndpoint endpoint, string action) =>
        Of(
            call,
            context,
            ids,
            endpoint.Id,
            action,
            new
            {
                endpoint.Url,
                endpoint.Types,
                endpoint.State,
            }
        );

    /// <summary>An entry with other details.</summary>
    public static AuditRecord Of(
        Call call,
        ActionContext context,
        Ids ids,
        WebhookId id,
        string action,
        object detail
    ) =>
        new(
            call.Caller.OrganisationId,
            id.AsSubject,
            context,
            new(ids.Next<AuditEntryId>(), action, JsonSerializer.Serialize(detail, Wire.Options))
        );
}

using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Webhooks;

/// <summary>A manager deletes a webhook endpoint with its deliveries. The audit trail keeps that it existed.</summary>
public sealed class DeleteWebhook(SingleWrites writes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Delete a webhook endpoint with its deliveries")
            .Returns<WebhookEndpoint>()
            .Refuses(Refusals.NotFound("webhook"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DeleteAsync(connection, call, context));

    private async ValueTask<Answer> DeleteAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var endpoint = await WebhookStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(WebhookRoutes.WebhookId),
            call.Cancellation
        );
        if (endpoint is null)
            return Answer.Refused(Refusals.NotFound("webhook"));
        await using var batch = new NpgsqlBatch(connection);
        WebhookStore.AddDeletionTo(batch, endpoint.Id);
        AuditTrail.AddTo(batch, [WebhookAudit.Of(call, context, ids, endpoint, "WEBHOOK_DELETED")]);
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(endpoint, "The webhook is deleted.");
    }
}

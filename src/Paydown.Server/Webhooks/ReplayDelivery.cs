using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Webhooks;

/// <summary>
/// A manager sends a delivery once more: the same event with the same id, signed with the current secret, in one
/// attempt. It says nothing about the health of the endpoint and is allowed while that is disabled.
/// </summary>
public sealed class ReplayDelivery(SingleWrites writes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Send a delivery once more")
            .Returns<QueuedDelivery>()
            .Refuses(Refusals.NotFound("webhook"), Refusals.NotFound("delivery"), Refusals.DeliveryPending());

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => ReplayAsync(connection, call, context));

    private async ValueTask<Answer> ReplayAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var endpoint = await WebhookStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(WebhookRoutes.WebhookId),
            call.Cancellation
        );
        if (endpoint is null)
            return Answer.Refused(Refusals.NotFound("webhook"));
        var id = call.Path(WebhookRoutes.DeliveryId);
        if (await DeliveryLog.FindStateAsync(connection, endpoint.Id, id, call.Cancellation) is null)
            return Answer.Refused(Refusals.NotFound("delivery"));
        if (!await DeliveryStore.TryReplayAsync(connection, endpoint.Id, id, context.At, call.Cancellation))
            return Answer.Refused(Refusals.DeliveryPending());
        await using var batch = new NpgsqlBatch(connection);
        AuditTrail.AddTo(
            batch,
            [WebhookAudit.Of(call, context, ids, endpoint.Id, "WEBHOOK_REPLAYED", new { DeliveryId = id })]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(new QueuedDelivery(id), "The delivery is on its way.");
    }
}

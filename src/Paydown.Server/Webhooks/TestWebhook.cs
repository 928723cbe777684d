using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Webhooks;

/// <summary>
/// A manager sends the event <c>webhook.test</c> to an endpoint, on the way of every other event. The list of
/// deliveries shows what became of it.
/// </summary>
public sealed class TestWebhook(SingleWrites writes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Send a test event to a webhook endpoint")
            .Returns<QueuedDelivery>()
            .Refuses(Refusals.NotFound("webhook"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => QueueAsync(connection, call, context));

    private async ValueTask<Answer> QueueAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var endpoint = await WebhookStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(WebhookRoutes.WebhookId),
            call.Cancellation
        );
        if (endpoint is null)
            return Answer.Refused(Refusals.NotFound("webhook"));
        var id = ids.Next<DeliveryId>();
        await using var batch = new NpgsqlBatch(connection);
        DeliveryStore.AddTestTo(batch, endpoint.Id, id, context.At);
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(new QueuedDelivery(id), "The test event is on its way.");
    }
}

/// <summary>A delivery that a worker will send.</summary>
/// <param name="DeliveryId">The id by which the deliveries of the endpoint list it.</param>
public sealed record QueuedDelivery(DeliveryId DeliveryId);

using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Webhooks;

/// <summary>Lists the deliveries of a webhook endpoint with their attempts, newest first.</summary>
public sealed class ListDeliveries(NpgsqlDataSource database) : IUseCase
{
    private static readonly Field<DeliveryState?> State = Field
        .OneOf<DeliveryState>("state", "Only deliveries in this state.", Enum.GetValues<DeliveryState>())
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the deliveries of a webhook endpoint, newest first")
            .Takes([State, .. Paging.Fields])
            .ReturnsPage<WebhookDelivery>(PageKeyPart.Long)
            .Refuses(Refusals.NotFound("webhook"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var endpoint = await WebhookStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(WebhookRoutes.WebhookId),
            call.Cancellation
        );
        if (endpoint is null)
            return Answer.Refused(Refusals.NotFound("webhook"));
        var page = await DeliveryLog.ListAsync(
            connection,
            endpoint.Id,
            call.Query.Get(State),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, delivery => new(delivery.Number), page.Counted);
    }
}

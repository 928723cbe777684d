using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Collectors;

/// <summary>
/// An officer decides that a collection that waits is no money, for example because the collector takes it back.
/// </summary>
public sealed class DiscardCollection(SingleWrites writes, Ids ids) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why.", 1, 255)
        .WithExample("The collector reports that the payment bounced.");

    public static Contract Contract { get; } =
        new Contract("Discard a collection that waits")
            .Reads(Reason)
            .Returns<CollectedPayment>()
            .Refuses(Refusals.NotFound("collection"), Refusals.CollectionNotWaiting("BOOKED"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DiscardAsync(connection, call, context));

    private async ValueTask<Answer> DiscardAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var id = call.Path(CollectorRoutes.CollectionId);
        var stored = await CollectionStore.LockAsync(connection, call.Caller.OrganisationId, id, call.Cancellation);
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("collection"));
        if (stored.State != CollectionState.Waiting)
            return Answer.Refused(Refusals.CollectionNotWaiting(Words.Write(stored.State)));
        var reason = call.Body.Get(Reason);
        await using (var batch = new NpgsqlBatch(connection))
        {
            CollectionStore.AddTo(batch, id, new(CollectionState.Discarded, reason, null, null), context);
            var detail = JsonSerializer.Serialize(new { stored.Line.TransactionId, Reason = reason }, Wire.Options);
            AuditTrail.AddTo(
                batch,
                [
                    new(
                        call.Caller.OrganisationId,
                        id.AsSubject,
                        context,
                        new(ids.Next<AuditEntryId>(), "COLLECTION_DISCARDED", detail)
                    ),
                ]
            );
            await batch.ExecuteNonQueryAsync(call.Cancellation);
        }

        return Answer.Success(await CollectionStore.GetAsync(connection, id, call.Cancellation));
    }
}

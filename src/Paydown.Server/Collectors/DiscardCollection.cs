using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Collectors;

/// <summary>
/// An officer decides that a collection that waits is no money, for example because the collector takes it back.
/// Above the organisation's four-eyes amount, a second officer must approve.
/// </summary>
public sealed class DiscardCollection(SingleWrites writes, FourEyes fourEyes, Ids ids) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why.", 1, 255)
        .WithExample("The collector reports that the payment bounced.");

    public static Contract Contract { get; } =
        new Contract("Discard a collection that waits")
            .Reads(Reason)
            .Returns<DecidedCollection>()
            .Refuses(
                Refusals.NotFound("collection"),
                Refusals.CollectionNotWaiting("BOOKED"),
                Refusals.SecondOfficerRequired()
            );

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
        var approval = await fourEyes.ApproveAsync(
            connection,
            stored.ActOf(ActKind.DiscardCollection, id, new { CollectionId = id }, reason),
            call,
            context
        );
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
            return Answer.Success(
                new DecidedCollection(await CollectionStore.GetAsync(connection, id, call.Cancellation), awaited),
                AwaitedApproval.Message("the collection is discarded")
            );
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

        return Answer.Success(
            new DecidedCollection(await CollectionStore.GetAsync(connection, id, call.Cancellation), null),
            "The collection is discarded; it is no money."
        );
    }
}

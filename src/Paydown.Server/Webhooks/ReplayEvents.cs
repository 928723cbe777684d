using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Webhooks;

/// <summary>
/// A manager sends events of a period once more: those that were given up, or all that the endpoint's types select,
/// for example after it was disabled. Each is a replay as in <see cref="ReplayDelivery"/>.
/// </summary>
public sealed class ReplayEvents(SingleWrites writes, OrganisationDirectory organisations, Ids ids) : IUseCase
{
    /// <summary>The maximum number of events of one replay.</summary>
    public const int EventsMax = 10_000;

    private static readonly Field<Moment> From = Field
        .Moment("from", "The beginning of the period: events recorded at this instant or later.")
        .WithExample("2026-01-31T00:00:00Z");
    private static readonly Field<Moment?> To = Field
        .Moment("to", "The end of the period: events recorded before this instant. Absent: now.")
        .Optional()
        .WithExample("2026-02-01T00:00:00Z");
    private static readonly Field<ReplayChoice> Events = Field
        .OneOf("events", "DEAD for deliveries that were given up; ALL for every event.", Enum.GetValues<ReplayChoice>())
        .Or(ReplayChoice.Dead);

    public static Contract Contract { get; } =
        new Contract("Send the events of a period once more")
            .Reads(From, To, Events)
            .Returns<Replayed>()
            .Refuses(Refusals.NotFound("webhook"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(
            call,
            (connection, context) => ReplayAsync(connection, call, organisation.TimeZone, context)
        );
    }

    private async ValueTask<Answer> ReplayAsync(
        NpgsqlConnection connection,
        Call call,
        TimeZoneInfo zone,
        ActionContext context
    )
    {
        var endpoint = await WebhookStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(WebhookRoutes.WebhookId),
            call.Cancellation
        );
        if (endpoint is null)
            return Answer.Refused(Refusals.NotFound("webhook"));
        var from = call.Body.Get(From).InstantIn(zone);
        var to = call.Body.Get(To)?.InstantIn(zone) ?? context.At;
        var choice = call.Body.Get(Events);
        var count = await DeliveryStore.ReplayAsync(
            connection,
            endpoint.Id,
            (from, to),
            choice == ReplayChoice.All,
            EventsMax,
            context.At,
            call.Cancellation
        );
        await using var batch = new NpgsqlBatch(connection);
        AuditTrail.AddTo(
            batch,
            [
                WebhookAudit.Of(
                    call,
                    context,
                    ids,
                    endpoint.Id,
                    "WEBHOOK_REPLAYED",
                    new
                    {
                        From = from,
                        To = to,
                        Events = choice,
                        Count = count,
                    }
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(
            new Replayed(count, count == EventsMax),
            count == EventsMax
                ? $"{EventsMax} events are on their way, the oldest of the period. Replay the rest from where they end."
                : $"{count} events are on their way."
        );
    }
}

/// <summary>Which events a replay sends.</summary>
public enum ReplayChoice
{
    /// <summary>Those whose delivery was given up.</summary>
    Dead,

    /// <summary>All, whether they were delivered or not.</summary>
    All,
}

/// <summary>What a replay of a period sends.</summary>
/// <param name="Count">The number of events.</param>
/// <param name="HasMore">True if the period has more events than one replay can send.</param>
public sealed record Replayed(int Count, bool HasMore);

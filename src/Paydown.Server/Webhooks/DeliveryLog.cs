using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Webhooks;

/// <summary>What became of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>It is due, or waits for a retry or for an earlier event of its loan.</summary>
    Pending,

    /// <summary>The endpoint accepted it.</summary>
    Delivered,

    /// <summary>Every attempt failed. A manager can replay it.</summary>
    Dead,
}

/// <summary>An event that an endpoint is to receive, and the attempts to deliver it.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The delivery's id, which a replay takes.</summary>
    public required DeliveryId Id { get; init; }

    /// <summary>The event's id: the header <c>webhook-id</c> of every attempt.</summary>
    public required string EventId { get; init; }

    /// <summary>The number of the event, by which <c>GET admin/events</c> lists it; null for a test.</summary>
    public required long? Sequence { get; init; }

    /// <summary>The type of the event.</summary>
    public required string Type { get; init; }

    /// <summary><c>PENDING</c>, <c>DELIVERED</c> or <c>DEAD</c>.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>When the next attempt is due; null if there is none.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When the event was handed over for delivery.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was delivered or given up; null if it is pending.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>The attempts so far, oldest first.</summary>
    public required IReadOnlyList<DeliveryAttempt> Attempts { get; init; }

    internal long Number { get; init; }
}

/// <summary>The deliveries of all organisations that were not accepted.</summary>
/// <param name="PendingCount">How many are due or await a retry.</param>
/// <param name="DeadCount">How many were given up.</param>
/// <param name="OldestAt">When the oldest pending one of a working endpoint was queued; null if there is none.</param>
public sealed record DeliveryBacklog(long PendingCount, long DeadCount, DateTimeOffset? OldestAt)
{
    /// <summary>The age of the oldest pending one.</summary>
    public TimeSpan LagAt(DateTimeOffset now) => OldestAt is { } at && now > at ? now - at : TimeSpan.Zero;
}

/// <summary>Reads the log of deliveries, for managers and for monitoring.</summary>
public static class DeliveryLog
{
    // Endpoints that were switched off await nothing.
    private const string Backlog = """
        select (select count(*) from webhook_delivery where state = 'PENDING') as pending,
               (select count(*) from webhook_delivery where state = 'DEAD') as dead,
               (select min(d.created_at) from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
                where d.state = 'PENDING' and e.state <> 'DISABLED') as oldest_at
        """;

    private static readonly PageQuery Page = new(
        "from webhook_delivery where endpoint_id = $1 and ($2::text is null or state = $2)",
        """
        select d.number, d.id, d.seq, d.subject_id, d.type::text as type, d.state, d.due_at, d.created_at, d.ended_at,
               coalesce((select json_agg(json_build_object('at', a.at, 'tookMs', a.took_ms, 'status', a.status,
                                                                'error', a.error, 'response', a.response)
                                              order by a.attempt)
                              from webhook_attempt a where a.delivery_number = d.number), '[]') as attempt_list
        from (select * from webhook_delivery
              where endpoint_id = $1 and ($2::text is null or state = $2) and ($3::bigint is null or number < $3)
              order by number desc limit $4 offset $5) d
        order by d.number desc
        """
    );

    /// <summary>Returns a page of the deliveries of an endpoint, newest first.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="endpointId">The endpoint, which the caller may see.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="paging">The page.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static Task<PageRecords<WebhookDelivery>> ListAsync(
        NpgsqlConnection connection,
        WebhookId endpointId,
        DeliveryState? state,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.Bigint],
            [Sql.Value(endpointId), Sql.Value(state is { } one ? Words.Write(one) : null, NpgsqlDbType.Text)],
            Read,
            cancellation
        );

    /// <summary>Returns what was not delivered, of all organisations.</summary>
    public static async Task<DeliveryBacklog> FindBacklogAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Backlog);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.Long("pending"), reader.Long("dead"), reader.InstantOrNull("oldest_at"));
    }

    /// <summary>Returns the state of a delivery; null if the endpoint has none with this id.</summary>
    public static async Task<DeliveryState?> FindStateAsync(
        NpgsqlConnection connection,
        WebhookId endpointId,
        DeliveryId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select state from webhook_delivery where endpoint_id = $1 and id = $2",
            connection
        )
        {
            Parameters = { Sql.Value(endpointId), Sql.Value(id) },
        };
        return await command.ExecuteScalarAsync(cancellation) is string state ? Words.Read<DeliveryState>(state) : null;
    }

    private static WebhookDelivery Read(NpgsqlDataReader reader)
    {
        var state = reader.Word<DeliveryState>("state");
        return new()
        {
            Id = reader.Id<DeliveryId>("id"),
            EventId = EventBody.IdOf(reader.LongOrNull("seq"), reader.Id<SubjectId>("subject_id")),
            Sequence = reader.LongOrNull("seq"),
            Type = reader.WordOrNull<EventType>("type")?.Name ?? EventBody.TestType,
            State = state,
            DueAt = state == DeliveryState.Pending ? reader.Instant("due_at") : null,
            CreatedAt = reader.Instant("created_at"),
            EndedAt = reader.InstantOrNull("ended_at"),
            Attempts = JsonSerializer.Deserialize<List<DeliveryAttempt>>(reader.Text("attempt_list"), Wire.Options)!,
            Number = reader.Long("number"),
        };
    }
}

using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Webhooks;

/// <summary>A delivery that a worker has leased.</summary>
/// <param name="Number">Its number in the log.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="OrganisationId">The organisation of the endpoint.</param>
/// <param name="Url">The address of the endpoint.</param>
/// <param name="Secrets">The valid secrets.</param>
/// <param name="Sequence">The event in the outbox; null for a test.</param>
/// <param name="SubjectId">What the event is about.</param>
/// <param name="OrderingKey">The events with the same key are delivered in order.</param>
/// <param name="Attempts">The number of attempts so far.</param>
/// <param name="CreatedAt">When it was queued.</param>
/// <param name="IsReplay">True for a replay.</param>
public sealed record LeasedDelivery(
    long Number,
    WebhookId EndpointId,
    OrganisationId OrganisationId,
    string Url,
    IReadOnlyList<byte[]> Secrets,
    long? Sequence,
    SubjectId SubjectId,
    SubjectId OrderingKey,
    int Attempts,
    DateTimeOffset CreatedAt,
    bool IsReplay
);

/// <summary>The SQL that writes deliveries: the queue of the workers, and what managers send again.</summary>
public static class DeliveryStore
{
    // In the order of the events, so of two events of a loan the first gets its deliveries first.
    private const string Insert = """
        insert into webhook_delivery (endpoint_id, seq, subject_id, type, ordering_key, due_at, created_at)
        select e.id, o.seq, o.subject_id, o.type, coalesce(o.account_id, o.customer_id), $3, $3
        from unnest($1, $2) as taken (organisation_id, seq)
        join outbox_event o on o.organisation_id = taken.organisation_id and o.seq = taken.seq
        join webhook_endpoint e on e.organisation_id = o.organisation_id and e.state <> 'DISABLED'
          and (e.types = '{}' or o.type = any (e.types))
        order by o.seq
        on conflict (endpoint_id, seq) do nothing
        """;

    // Locks each endpoint while its deliveries are chosen, so that two workers do not choose at the same time. An
    // endpoint that fails repeatedly gets one delivery at a time.
    private const string Lease = """
        with endpoint as (
          select e.* from webhook_endpoint e
          where (e.state in ('NEW', 'ACTIVE') and (e.probe_at is null or e.probe_at <= $1)
                 or exists (select from webhook_delivery r
                            where r.endpoint_id = e.id and r.state = 'PENDING' and r.is_replay and r.due_at <= $1))
            and e.id <> all ($5) and not is_moving(e.organisation_id)
            and exists (select from webhook_delivery d
                        where d.endpoint_id = e.id and d.state = 'PENDING' and d.due_at <= $1
                          and (d.lease_until is null or d.lease_until <= $1))
          for no key update skip locked
        ), chosen as (
          select d.number
          from endpoint e
          cross join lateral (
            select d.number from webhook_delivery d
            where d.endpoint_id = e.id and d.state = 'PENDING' and d.due_at <= $1
              and (d.lease_until is null or d.lease_until <= $1)
              and (d.is_replay
                   or e.state in ('NEW', 'ACTIVE') and (e.probe_at is null or e.probe_at <= $1)
                     and not exists (select from webhook_delivery earlier
                                     where earlier.endpoint_id = d.endpoint_id
                                       and earlier.ordering_key = d.ordering_key and earlier.state = 'PENDING'
                                       and not earlier.is_replay and earlier.seq < d.seq))
            order by d.due_at, d.number
            limit case when e.failures >= $3 then 1 else $4 end
          ) d
        )
        update webhook_delivery d set lease_until = $2
        from chosen c, webhook_endpoint e
        where d.number = c.number and e.id = d.endpoint_id
        returning d.number, d.endpoint_id, e.organisation_id, e.url, e.secret,
                  case when e.previous_until > $1 then e.previous_secret end as previous_secret,
                  d.seq, d.subject_id, d.ordering_key, d.attempts, d.created_at, d.is_replay
        """;

    private const string ReplayDead = """
        update webhook_delivery d
        set state = 'PENDING', is_replay = true, due_at = $5, lease_until = null, ended_at = null
        from (select number from webhook_delivery
              where endpoint_id = $1 and state = 'DEAD' and created_at >= $2 and created_at < $3
              order by number limit $4) dead
        where d.number = dead.number
        """;

    // The order of insertion is the order of the log. A delivery that is pending stays as it is.
    private const string ReplayAll = """
        insert into webhook_delivery (endpoint_id, seq, subject_id, type, ordering_key, is_replay, due_at, created_at)
        select e.id, o.seq, o.subject_id, o.type, coalesce(o.account_id, o.customer_id), true, $5, $5
        from webhook_endpoint e
        join outbox_event o on o.organisation_id = e.organisation_id and o.recorded_at >= $2 and o.recorded_at < $3
          and (e.types = '{}' or o.type = any (e.types))
        where e.id = $1
        order by o.seq limit $4
        on conflict (endpoint_id, seq) do update
        set state = 'PENDING', is_replay = true, due_at = $5, lease_until = null, ended_at = null
        where webhook_delivery.state <> 'PENDING'
        """;

    /// <summary>Creates the deliveries of events: one per endpoint that wants it.</summary>
    /// <param name="connection">The connection of the transaction that has taken the events.</param>
    /// <param name="taken">The events.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="cancellation">Cancels the statement.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        IReadOnlyList<TakenEvent> taken,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        new RowsStatement<TakenEvent>(Insert, taken)
            .Column(one => one.OrganisationId)
            .Column(one => one.Sequence)
            .AddTo(batch);
        batch.BatchCommands[0].Parameters.Add(Sql.Value(now));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Leases deliveries that are due. The caller commits before it sends them.</summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="now">The current instant.</param>
    /// <param name="until">When the lease ends.</param>
    /// <param name="maxPerEndpoint">The maximum number of deliveries of one endpoint.</param>
    /// <param name="except">Endpoints that this worker is sending to.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        DateTimeOffset until,
        int maxPerEndpoint,
        IReadOnlyCollection<WebhookId> except,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Lease, connection)
        {
            Parameters =
            {
                Sql.Value(now),
                Sql.Value(until),
                Sql.Value(EndpointHealth.ProbedFrom),
                Sql.Value(maxPerEndpoint),
                Sql.Value(except),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var leased = new List<LeasedDelivery>();
        while (await reader.ReadAsync(cancellation))
        {
            byte[][] secrets = reader.IsNull("previous_secret")
                ? [reader.Get<byte[]>("secret")]
                : [reader.Get<byte[]>("secret"), reader.Get<byte[]>("previous_secret")];
            leased.Add(
                new LeasedDelivery(
                    reader.Long("number"),
                    reader.Id<WebhookId>("endpoint_id"),
                    reader.Id<OrganisationId>("organisation_id"),
                    reader.Text("url"),
                    secrets,
                    reader.LongOrNull("seq"),
                    reader.Id<SubjectId>("subject_id"),
                    reader.Id<SubjectId>("ordering_key"),
                    reader.Integer("attempts"),
                    reader.Instant("created_at"),
                    reader.Boolean("is_replay")
                )
            );
        }

        return leased;
    }

    /// <summary>Adds the statements that end a delivery, or set its next attempt, to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="delivery">The delivery, which this worker has leased.</param>
    /// <param name="attempt">The attempt that has just ended.</param>
    /// <param name="state">The state of the delivery now.</param>
    /// <param name="dueAt">When the next attempt is due, if it is pending.</param>
    public static void AddResultTo(
        NpgsqlBatch batch,
        LeasedDelivery delivery,
        DeliveryAttempt attempt,
        DeliveryState state,
        DateTimeOffset dueAt
    )
    {
        // If the lease ended and another worker has delivered it, that result stays.
        batch.BatchCommands.Add(
            new(
                """
                with ended as (
                  update webhook_delivery
                  set state = $2, attempts = attempts + 1, due_at = $3, lease_until = null,
                      ended_at = case when $2 <> 'PENDING' then $4::timestamptz end
                  where number = $1 and state = 'PENDING'
                  returning number, attempts
                )
                insert into webhook_attempt (delivery_number, attempt, at, took_ms, status, error, response)
                select number, attempts, $4, $5, $6, $7, $8 from ended
                """
            )
            {
                Parameters =
                {
                    Sql.Value(delivery.Number),
                    Sql.Value(Words.Write(state)),
                    Sql.Value(dueAt),
                    Sql.Value(attempt.At),
                    Sql.Value(attempt.TookMs),
                    Sql.Value((short?)attempt.Status, NpgsqlDbType.Smallint),
                    Sql.Value(attempt.Error, NpgsqlDbType.Text),
                    Sql.Value(attempt.Response, NpgsqlDbType.Text),
                },
            }
        );
        // Those behind it need not be looked at before.
        if (state == DeliveryState.Pending && !delivery.IsReplay)
        {
            batch.BatchCommands.Add(
                new(
                    """
                    update webhook_delivery set due_at = $4
                    where endpoint_id = $1 and ordering_key = $2 and seq > $3 and state = 'PENDING' and not is_replay
                      and due_at < $4
                    """
                )
                {
                    Parameters =
                    {
                        Sql.Value(delivery.EndpointId),
                        Sql.Value(delivery.OrderingKey),
                        Sql.Value(delivery.Sequence, NpgsqlDbType.Bigint),
                        Sql.Value(dueAt),
                    },
                }
            );
        }
    }

    /// <summary>Gives back deliveries that were not sent.</summary>
    public static void AddReleaseTo(NpgsqlBatch batch, IReadOnlyCollection<long> numbers) =>
        batch.BatchCommands.Add(
            new("update webhook_delivery set lease_until = null where number = any ($1) and state = 'PENDING'")
            {
                Parameters = { Sql.Value(numbers.ToArray()) },
            }
        );

    /// <summary>Adds the statement that queues a test event to a batch.</summary>
    public static void AddTestTo(NpgsqlBatch batch, WebhookId endpointId, DeliveryId id, DateTimeOffset now) =>
        batch.BatchCommands.Add(
            new(
                """
                insert into webhook_delivery (id, endpoint_id, subject_id, ordering_key, is_replay, due_at, created_at)
                values ($1, $2, $1, $1, true, $3, $3)
                """
            )
            {
                Parameters = { Sql.Value(id), Sql.Value(endpointId), Sql.Value(now) },
            }
        );

    /// <summary>
    /// Sends a delivery once more, now. Returns false if the endpoint has no ended delivery with this id.
    /// </summary>
    public static async Task<bool> TryReplayAsync(
        NpgsqlConnection connection,
        WebhookId endpointId,
        DeliveryId id,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            update webhook_delivery
            set state = 'PENDING', is_replay = true, due_at = $3, lease_until = null, ended_at = null
            where endpoint_id = $1 and id = $2 and state <> 'PENDING'
            """,
            connection
        )
        {
            Parameters = { Sql.Value(endpointId), Sql.Value(id), Sql.Value(now) },
        };
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>
    /// Sends events of a period once more, oldest first: those that were given up, or all that the endpoint's types
    /// select.
    /// </summary>
    /// <returns>The number of events.</returns>
    public static async Task<int> ReplayAsync(
        NpgsqlConnection connection,
        WebhookId endpointId,
        (DateTimeOffset From, DateTimeOffset To) period,
        bool isAll,
        int max,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(isAll ? ReplayAll : ReplayDead, connection)
        {
            Parameters =
            {
                Sql.Value(endpointId),
                Sql.Value(period.From),
                Sql.Value(period.To),
                Sql.Value(max),
                Sql.Value(now),
            },
        };
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Deletes some of the deliveries that ended before an instant.</summary>
    public static Task<int> DeleteEndedAsync(
        NpgsqlDataSource database,
        DateTimeOffset before,
        int max,
        CancellationToken cancellation
    ) =>
        WriteTransaction.RunAsync(
            database,
            """
            delete from webhook_delivery
            where number = any (array(select number from webhook_delivery
                                      where created_at < $1 and ended_at < $1 limit $2 for update skip locked))
            """,
            cancellation,
            Sql.Value(before),
            Sql.Value(max)
        );
}

using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Webhooks;

/// <summary>The SQL of webhook endpoints.</summary>
public static class WebhookStore
{
    private const string Columns = """
        id, url, description, types::text[] as types, state, failures, failing_since, previous_until, created_by, created_at
        """;

    private static readonly PageQuery Page = new(
        "from webhook_endpoint where organisation_id = $1",
        $"""
        select {Columns} from webhook_endpoint
        where organisation_id = $1 and ($2::uuid is null or id < $2)
        order by id desc limit $3 offset $4
        """
    );

    /// <summary>Returns the number of an organisation's endpoints.</summary>
    public static async Task<long> CountAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select count(*) from webhook_endpoint where organisation_id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId) },
        };
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Adds the statement that writes a new endpoint to a batch.</summary>
    public static void AddTo(
        NpgsqlBatch batch,
        OrganisationId organisationId,
        WebhookEndpoint endpoint,
        byte[] secret
    ) =>
        batch.BatchCommands.Add(
            new(
                """
                insert into webhook_endpoint (id, organisation_id, url, description, types, secret, created_by,
                                              created_at)
                values ($1, $2, $3, $4, $5::text[]::event_type[], $6, $7, $8)
                """
            )
            {
                Parameters =
                {
                    Sql.Value(endpoint.Id),
                    Sql.Value(organisationId),
                    Sql.Value(endpoint.Url),
                    Sql.Value(endpoint.Description, NpgsqlDbType.Text),
                    Sql.Value(TypesOf(endpoint)),
                    Sql.Value(secret),
                    Sql.Value(endpoint.CreatedBy),
                    Sql.Value(endpoint.CreatedAt),
                },
            }
        );

    /// <summary>Returns a page of an organisation's endpoints, newest first.</summary>
    public static Task<PageRecords<WebhookEndpoint>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Paging paging,
        CancellationToken cancellation
    ) => Page.ReadAsync(connection, paging, [Sql.Value(organisationId)], Read, cancellation);

    /// <summary>Returns an endpoint of an organisation; null if it has none with this id.</summary>
    public static Task<WebhookEndpoint?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        WebhookId id,
        CancellationToken cancellation
    ) => FindAsync(connection, "", organisationId, id, cancellation);

    /// <summary>The same, and locks it until the transaction ends.</summary>
    public static Task<WebhookEndpoint?> LockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        WebhookId id,
        CancellationToken cancellation
    ) => FindAsync(connection, "for no key update", organisationId, id, cancellation);

    /// <summary>Adds the statement that writes what a manager changes to a batch. A restart forgets failures.</summary>
    public static void AddChangeTo(NpgsqlBatch batch, WebhookEndpoint endpoint) =>
        batch.BatchCommands.Add(
            new(
                """
                update webhook_endpoint
                set url = $2, description = $3, types = $4::text[]::event_type[], state = $5, failures = $6, failing_since = $7,
                    probe_at = case when $6 = 0 then null else probe_at end
                where id = $1
                """
            )
            {
                Parameters =
                {
                    Sql.Value(endpoint.Id),
                    Sql.Value(endpoint.Url),
                    Sql.Value(endpoint.Description, NpgsqlDbType.Text),
                    Sql.Value(TypesOf(endpoint)),
                    Sql.Value(Words.Write(endpoint.State)),
                    Sql.Value(endpoint.Failures),
                    Sql.Value(endpoint.FailingSince, NpgsqlDbType.TimestampTz),
                },
            }
        );

    /// <summary>Adds the statement that replaces the secret to a batch. The old one signs until an instant.</summary>
    public static void AddRotationTo(NpgsqlBatch batch, WebhookId id, byte[] secret, DateTimeOffset? previousUntil) =>
        batch.BatchCommands.Add(
            new(
                """
                update webhook_endpoint
                set previous_secret = case when $3::timestamptz is not null then secret end, previous_until = $3,
                    secret = $2
                where id = $1
                """
            )
            {
                Parameters = { Sql.Value(id), Sql.Value(secret), Sql.Value(previousUntil, NpgsqlDbType.TimestampTz) },
            }
        );

    /// <summary>Adds the statement that deletes an endpoint with its deliveries to a batch.</summary>
    public static void AddDeletionTo(NpgsqlBatch batch, WebhookId id) =>
        batch.BatchCommands.Add(new("delete from webhook_endpoint where id = $1") { Parameters = { Sql.Value(id) } });

    /// <summary>Adds the statement that stores the health of an endpoint to a batch.</summary>
    public static void AddHealthTo(NpgsqlBatch batch, WebhookId id, EndpointHealth health) =>
        batch.BatchCommands.Add(
            new(
                """
                update webhook_endpoint
                set state = case when state in ('NEW', 'ACTIVE') then $2 else state end, failures = $3,
                    failing_since = $4, probe_at = $5
                where id = $1
                """
            )
            {
                Parameters =
                {
                    Sql.Value(id),
                    Sql.Value(Words.Write(health.State)),
                    Sql.Value(health.Failures),
                    Sql.Value(health.FailingSince, NpgsqlDbType.TimestampTz),
                    Sql.Value(health.ProbeAt, NpgsqlDbType.TimestampTz),
                },
            }
        );

    /// <summary>Locks an endpoint and returns its health; null if it was deleted.</summary>
    public static async Task<EndpointHealth?> LockHealthAsync(
        NpgsqlConnection connection,
        WebhookId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select state, failures, failing_since, probe_at from webhook_endpoint where id = $1 for no key update
            """,
            connection
        )
        {
            Parameters = { Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        return new EndpointHealth(
            reader.Word<WebhookState>("state"),
            reader.Integer("failures"),
            reader.InstantOrNull("failing_since"),
            reader.InstantOrNull("probe_at")
        );
    }

    private static async Task<WebhookEndpoint?> FindAsync(
        NpgsqlConnection connection,
        string locking,
        OrganisationId organisationId,
        WebhookId id,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from webhook_endpoint where organisation_id = $1 and id = $2 {locking}",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(id) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static string[] TypesOf(WebhookEndpoint endpoint) =>
        [.. EventTypes.Read(endpoint.Types).Select(Words.Write)];

    private static WebhookEndpoint Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.Id<WebhookId>("id"),
            Url = reader.Text("url"),
            Description = reader.TextOrNull("description"),
            Types = [.. reader.Get<string[]>("types").Select(word => Words.Read<EventType>(word).Name)],
            State = reader.Word<WebhookState>("state"),
            Failures = reader.Integer("failures"),
            FailingSince = reader.InstantOrNull("failing_since"),
            PreviousSecretUntil = reader.InstantOrNull("previous_until"),
            CreatedBy = reader.Id<UserId>("created_by"),
            CreatedAt = reader.Instant("created_at"),
        };
}

using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Auditing;

/// <summary>The filters of the audit trail. A null property does not narrow the list.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SubjectId">The id of the changed object.</param>
/// <param name="Action">The action.</param>
/// <param name="ActorId">The user or API token.</param>
/// <param name="From">Only entries recorded at this instant or later.</param>
/// <param name="Before">Only entries recorded before this instant.</param>
public sealed record AuditEntryFilter(
    OrganisationId OrganisationId,
    SubjectId? SubjectId,
    string? Action,
    UserId? ActorId,
    DateTimeOffset? From,
    DateTimeOffset? Before
);

/// <summary>Reads the audit trail. Each use case writes its own records.</summary>
public static class AuditEntryStore
{
    private const string Filtered = """
        from audit_entry e
        where e.organisation_id = $1
          and ($2::uuid is null or e.subject_id = $2)
          and ($3::text is null or e.action = $3)
          and ($4::uuid is null or e.actor_id = $4)
          and ($5::timestamptz is null or e.recorded_at >= $5)
          and ($6::timestamptz is null or e.recorded_at < $6)
        """;

    private static readonly PageQuery Page = new(
        Filtered,
        $"""
        select page.*, coalesce(u.first_name || ' ' || u.last_name, t.name) as actor_name
        from (select e.id, e.action, e.actor_id, e.subject_id, e.detail::text as detail, e.interaction_id, e.recorded_at
              {Filtered} and ($7::timestamptz is null or (e.recorded_at, e.id) < ($7, $8::uuid))
              order by e.recorded_at desc, e.id desc limit $9 offset $10) page
        left join app_user u on u.id = page.actor_id and u.organisation_id = $1
        left join api_token t on t.id = page.actor_id and t.organisation_id = $1
        order by page.recorded_at desc, page.id desc
        """
    );

    /// <summary>Returns one page, newest first.</summary>
    public static Task<PageRecords<AuditEntryView>> ListAsync(
        NpgsqlConnection connection,
        AuditEntryFilter filter,
        Paging paging,
        CancellationToken cancellation
    ) =>
        Page.ReadAsync(
            connection,
            paging,
            [NpgsqlDbType.TimestampTz, NpgsqlDbType.Uuid],
            [
                Sql.Value(filter.OrganisationId),
                Sql.Value(filter.SubjectId, NpgsqlDbType.Uuid),
                Sql.Value(filter.Action, NpgsqlDbType.Text),
                Sql.Value(filter.ActorId, NpgsqlDbType.Uuid),
                Sql.Value(filter.From, NpgsqlDbType.TimestampTz),
                Sql.Value(filter.Before, NpgsqlDbType.TimestampTz),
            ],
            Read,
            cancellation
        );

    private static AuditEntryView Read(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.Id<AuditEntryId>("id"),
            Action = reader.Text("action"),
            ActorId = reader.Id<UserId>("actor_id"),
            SubjectId = reader.Id<SubjectId>("subject_id"),
            Detail = reader.Json("detail"),
            InteractionId = reader.Text("interaction_id"),
            RecordedAt = reader.Instant("recorded_at"),
            ActorName = reader.TextOrNull("actor_name"),
        };
}

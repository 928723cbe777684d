using System.Text.Json.Serialization;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Audit;

/// <summary>An entry of the audit trail.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct AuditEntryId(Guid Value) : IId<AuditEntryId>
{
    public static AuditEntryId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>An audit entry, for an act that leaves no business record with its user.</summary>
/// <param name="Id">The id; ids grow with time.</param>
/// <param name="Action">The action, for example <c>CHARGE_APPLIED</c>.</param>
/// <param name="Detail">The details, as JSON.</param>
public sealed record AuditEntry(AuditEntryId Id, string Action, string Detail);

/// <summary>A row of the audit trail.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="SubjectId">The id of what the action changed.</param>
/// <param name="ActionContext">Who acted, and when.</param>
/// <param name="Entry">What was done.</param>
public sealed record AuditRecord(
    OrganisationId OrganisationId,
    SubjectId SubjectId,
    ActionContext ActionContext,
    AuditEntry Entry
);

/// <summary>The SQL of the audit trail. An entry is written in the transaction of its action.</summary>
public static class AuditTrail
{
    private const string Insert = """
        insert into audit_entry (organisation_id, id, actor_id, action, subject_id, detail, interaction_id, recorded_at)
        select organisation_id, id, actor_id, action, subject_id, detail::jsonb, interaction_id, recorded_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8)
          as r (organisation_id, id, actor_id, action, subject_id, detail, interaction_id, recorded_at)
        """;

    /// <summary>Adds the statement that writes the entries to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<AuditRecord> deeds) =>
        new RowsStatement<AuditRecord>(Insert, deeds)
            .Column(row => row.OrganisationId)
            .Column(row => row.Entry.Id)
            .Column(row => row.ActionContext.By)
            .Column(row => row.Entry.Action)
            .Column(row => row.SubjectId)
            .Column(row => row.Entry.Detail)
            .Column(row => row.ActionContext.InteractionId)
            .Column(row => row.ActionContext.At)
            .AddTo(batch);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Approvals;

/// <summary>The first of two approvals.</summary>
[JsonConverter(typeof(IdConverter))]
public readonly record struct ApprovalId(Guid Value) : IId<ApprovalId>
{
    public static ApprovalId Of(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>The SQL of first approvals and of the four-eyes amounts.</summary>
public static class FirstApprovalStore
{
    /// <summary>
    /// Returns SQL for the lowest four-eyes amount of an organisation since an instant; null if there was none. An
    /// amount that was raised or removed later still holds for what was recorded before.
    /// </summary>
    /// <param name="organisation">The alias of the table <c>organisation</c>.</param>
    /// <param name="since">SQL for an instant; if it is null in SQL, the current amount counts.</param>
    public static string LowestAmountSince(string organisation, string since) =>
        $"""
            least({organisation}.four_eyes_above,
                  (select min(past.above) from past_four_eyes_amount past
                   where past.organisation_id = {organisation}.id and past.ended_at >= {since}))
            """;

    private static readonly string Find = $"""
        select {LowestAmountSince("o", "$6")} as four_eyes_above,
               f.approved_by, f.approved_at, f.lapses_at, f.terms::text as terms
        from organisation o
        left join lateral (
          select approved_by, approved_at, lapses_at, terms, subject_version from first_approval
          where organisation_id = o.id and subject_id = $2 and act = $3
          order by sequence desc limit 1) f
          on f.subject_version = $4 and f.lapses_at > $5 and ($7::jsonb is null or f.terms = $7::jsonb)
        where o.id = $1
        """;

    private const string Insert = """
        insert into first_approval (
          organisation_id, id, act, subject_id, subject_version, customer_id, account_id, terms, amount, currency_code,
          reason, approved_by, approved_at, lapses_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12, $13, $14)
        """;

    /// <summary>
    /// Returns the organisation's four-eyes amount, and the valid first approval of exactly this act.
    /// Each is null if there is none.
    /// </summary>
    public static async Task<(Money? Above, AwaitedApproval? First)> FindAsync(
        NpgsqlConnection connection,
        Act act,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = FindCommand(
            connection,
            act.OrganisationId,
            act.Kind,
            act.SubjectId,
            act.SubjectVersion,
            now
        );
        command.Parameters.Add(Sql.Value(act.Since, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(Sql.Value(act.WrittenTerms, NpgsqlDbType.Text));
        await using var reader = await OpenAsync(command, cancellation);
        return (reader.MoneyOrNull("four_eyes_above", act.Currency), ReadFirst(reader, act.Kind));
    }

    /// <summary>Returns the valid first approval with any terms; null if there is none.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="kind">The act.</param>
    /// <param name="subjectId">The subject.</param>
    /// <param name="subjectVersion">The current version of the subject.</param>
    /// <param name="now">The current instant, for the expiry.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public static async Task<AwaitedApproval?> FindAwaitedAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ActKind kind,
        SubjectId subjectId,
        int subjectVersion,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = FindCommand(connection, organisationId, kind, subjectId, subjectVersion, now);
        command.Parameters.Add(Sql.Value(null, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(Sql.Value(null, NpgsqlDbType.Text));
        await using var reader = await OpenAsync(command, cancellation);
        return ReadFirst(reader, kind);
    }

    /// <summary>Adds the statement that records a first approval to a batch.</summary>
    internal static void AddTo(NpgsqlBatch batch, ApprovalId id, Act act, AwaitedApproval approval) =>
        batch.BatchCommands.Add(
            new(Insert)
            {
                Parameters =
                {
                    Sql.Value(act.OrganisationId),
                    Sql.Value(id),
                    Sql.Value(Words.Write(act.Kind)),
                    Sql.Value(act.SubjectId),
                    Sql.Value(act.SubjectVersion),
                    Sql.Value(act.CustomerId, NpgsqlDbType.Uuid),
                    Sql.Value(act.AccountId, NpgsqlDbType.Uuid),
                    Sql.Value(act.WrittenTerms),
                    Sql.Value(act.Amount, NpgsqlDbType.Bigint),
                    Sql.Value(act.Currency.Code),
                    Sql.Value(act.Reason, NpgsqlDbType.Text),
                    Sql.Value(approval.FirstApprovedBy),
                    Sql.Value(approval.FirstApprovedAt),
                    Sql.Value(approval.LapsesAt),
                },
            }
        );

    private static NpgsqlCommand FindCommand(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        ActKind kind,
        SubjectId subjectId,
        int subjectVersion,
        DateTimeOffset now
    ) =>
        new(Find, connection)
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(subjectId),
                Sql.Value(Words.Write(kind)),
                Sql.Value(subjectVersion),
                Sql.Value(now),
            },
        };

    private static async Task<NpgsqlDataReader> OpenAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? reader
            : throw new InvalidOperationException("There is no such organisation.");
    }

    private static AwaitedApproval? ReadFirst(NpgsqlDataReader reader, ActKind kind) =>
        reader.IsNull("approved_by")
            ? null
            : new AwaitedApproval
            {
                Act = kind,
                FirstApprovedBy = reader.Id<UserId>("approved_by"),
                FirstApprovedAt = reader.Instant("approved_at"),
                LapsesAt = reader.Instant("lapses_at"),
                Terms = reader.Json("terms"),
            };
}

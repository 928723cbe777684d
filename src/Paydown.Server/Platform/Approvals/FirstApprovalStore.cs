using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Approvals;

/// <summary>The SQL of first approvals, and of the amounts above which two are needed.</summary>
public static class FirstApprovalStore
{
    /// <summary>
    /// The lowest four-eyes amount of an organisation since an instant; null: it has had none. An amount that was
    /// raised or removed later still holds for what was recorded before.
    /// </summary>
    /// <param name="organisation">Alias of the table <c>organisation</c>.</param>
    /// <param name="since">SQL of an instant; null there: the amount of now.</param>
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
    /// The organisation's four-eyes amount in minor units, and the approval that exactly this act has; null: none that
    /// still counts.
    /// </summary>
    public static async Task<(long? AboveMinor, AwaitedApproval? First)> FindAsync(
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
        command.Parameters.Add(OrNull(act.Since, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(OrNull(act.WrittenTerms, NpgsqlDbType.Text));
        return await ReadAsync(command, act.Kind, cancellation);
    }

    /// <summary>The approval that waits for a second one, whatever its terms; null: none does.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="organisationId">Whose.</param>
    /// <param name="kind">Of which act.</param>
    /// <param name="subjectId">Of which subject.</param>
    /// <param name="subjectVersion">As the subject stands.</param>
    /// <param name="now">Decides whether it has lapsed.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<AwaitedApproval?> FindAwaitedAsync(
        NpgsqlConnection connection,
        Guid organisationId,
        ActKind kind,
        Guid subjectId,
        int subjectVersion,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = FindCommand(connection, organisationId, kind, subjectId, subjectVersion, now);
        command.Parameters.Add(OrNull(null, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(OrNull(null, NpgsqlDbType.Text));
        return (await ReadAsync(command, kind, cancellation)).First;
    }

    /// <summary>Adds the statement that records a first approval to a batch.</summary>
    internal static void AddTo(NpgsqlBatch batch, Guid id, Act act, AwaitedApproval approval) =>
        batch.BatchCommands.Add(
            new(Insert)
            {
                Parameters =
                {
                    new() { Value = act.OrganisationId },
                    new() { Value = id },
                    new() { Value = Words.Write(act.Kind) },
                    new() { Value = act.SubjectId },
                    new() { Value = act.SubjectVersion },
                    OrNull(act.CustomerId, NpgsqlDbType.Uuid),
                    OrNull(act.AccountId, NpgsqlDbType.Uuid),
                    new() { Value = act.WrittenTerms },
                    OrNull(act.AmountMinor, NpgsqlDbType.Bigint),
                    new() { Value = act.Currency.Code },
                    OrNull(act.Reason, NpgsqlDbType.Text),
                    new() { Value = approval.FirstApprovedBy },
                    new() { Value = approval.FirstApprovedAt },
                    new() { Value = approval.LapsesAt },
                },
            }
        );

    private static NpgsqlCommand FindCommand(
        NpgsqlConnection connection,
        Guid organisationId,
        ActKind kind,
        Guid subjectId,
        int subjectVersion,
        DateTimeOffset now
    ) =>
        new(Find, connection)
        {
            Parameters =
            {
                new() { Value = organisationId },
                new() { Value = subjectId },
                new() { Value = Words.Write(kind) },
                new() { Value = subjectVersion },
                new() { Value = now },
            },
        };

    private static async Task<(long? AboveMinor, AwaitedApproval? First)> ReadAsync(
        NpgsqlCommand command,
        ActKind kind,
        CancellationToken cancellation
    )
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            throw new InvalidOperationException("The organisation of an act is not there.");
        var above = reader.LongOrNull("four_eyes_above");
        if (reader.IsNull("approved_by"))
            return (above, null);
        return (
            above,
            new AwaitedApproval
            {
                Act = kind,
                FirstApprovedBy = reader.Id("approved_by"),
                FirstApprovedAt = reader.Instant("approved_at"),
                LapsesAt = reader.Instant("lapses_at"),
                Terms = reader.Json("terms"),
            }
        );
    }

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Notices;

/// <summary>Whether an organisation sends a kind of notice, and its own words for it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="IsOn">True if customers get it.</param>
/// <param name="Own">The organisation's words; null for the default.</param>
public sealed record NoticeRule(NoticeKind Kind, bool IsOn, NoticeTemplate? Own)
{
    /// <summary>Of a reminder: the days before the due date, or after it; null for all other kinds.</summary>
    public IReadOnlyList<int>? Days { get; init; } = DefaultDaysOf(Kind);

    /// <summary>The days of a reminder that nobody has changed; null for all other kinds.</summary>
    public static IReadOnlyList<int>? DefaultDaysOf(NoticeKind kind) =>
        kind switch
        {
            NoticeKind.DueSoon => [3],
            NoticeKind.DueToday => [0],
            NoticeKind.Overdue => [1, 7, 30],
            _ => null,
        };

    /// <summary>The words that are used.</summary>
    public NoticeTemplate Template => Own ?? NoticeTemplate.DefaultOf(Kind);
}

/// <summary>The SQL of the rules by which organisations write to their customers.</summary>
public static class NoticeRuleStore
{
    private const string Put = """
        insert into notice_rule (organisation_id, kind, is_on, subject, text, days)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (organisation_id, kind) do update
        set is_on = excluded.is_on, subject = excluded.subject, text = excluded.text, days = excluded.days
        """;

    /// <summary>Adds the statement that stores a rule to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, OrganisationId organisationId, NoticeRule rule) =>
        batch.BatchCommands.Add(
            new(Put)
            {
                Parameters =
                {
                    Sql.Value(organisationId),
                    Sql.Value(Words.Write(rule.Kind)),
                    Sql.Value(rule.IsOn),
                    Sql.Value(rule.Own?.Subject, NpgsqlDbType.Text),
                    Sql.Value(rule.Own?.Text, NpgsqlDbType.Text),
                    Sql.Value(rule.Days?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer),
                },
            }
        );

    /// <summary>Adds the statements with which a new organisation writes to its customers to a batch.</summary>
    public static void AddAllTo(NpgsqlBatch batch, OrganisationId organisationId)
    {
        foreach (var kind in NoticeTemplate.Kinds)
            AddTo(batch, organisationId, new NoticeRule(kind, IsOn: true, Own: null));
    }

    /// <summary>Returns the rules of an organisation, one of each kind.</summary>
    public static async Task<IReadOnlyList<NoticeRule>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select kind, is_on, subject, text, days from notice_rule where organisation_id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var stored = new Dictionary<NoticeKind, NoticeRule>();
        while (await reader.ReadAsync(cancellation))
        {
            var kind = reader.Word<NoticeKind>("kind");
            var own = reader.IsNull("text") ? null : new NoticeTemplate(reader.Text("subject"), reader.Text("text"));
            stored[kind] = new NoticeRule(kind, reader.Boolean("is_on"), own)
            {
                Days = reader.IsNull("days") ? null : reader.Get<int[]>("days"),
            };
        }

        return
        [
            .. NoticeTemplate.Kinds.Select(kind => stored.GetValueOrDefault(kind) ?? new NoticeRule(kind, false, null)),
        ];
    }
}

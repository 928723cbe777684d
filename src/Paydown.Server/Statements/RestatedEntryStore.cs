using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>
/// Finds entries whose money an earlier statement of the same account and day may have in another form: as one sum
/// that this one itemises, or itemised where this one has the sum.
/// </summary>
internal static class RestatedEntryStore
{
    private const string Find = """
        with pair as materialized (
          select b.id, o.id as other_id,
                 b.opening_amount = o.opening_amount and b.closing_amount = o.closing_amount
                   and b.entry_count <> o.entry_count as has_same_balances
          from (select distinct statement_id from statement_entry
                where organisation_id = $1 and id = any ($2) and status = 'BOOK') mine
          join bank_statement b on b.id = mine.statement_id
          join bank_statement o on o.collection_account_id = b.collection_account_id and o.closing_on = b.closing_on
            and o.state = 'TAKEN' and (o.recorded_at, o.id) < (b.recorded_at, b.id)),
        booked as materialized (
          select e.id, e.statement_id, e.booked_on, e.amount > 0 as is_in, e.amount,
                 sum(e.amount) over day as sum, count(*) over day as count
          from statement_entry e join entry_standing s on s.entry_id = e.id
          where e.statement_id in (select id from pair union select other_id from pair) and e.status = 'BOOK'
            and s.state not in ('REVERSED', 'ITEMISED')
          window day as (partition by e.statement_id, e.booked_on, e.amount > 0))
        select distinct e.id
        from pair p join booked e on e.statement_id = p.id
        where e.id = any ($2)
          and (p.has_same_balances
            or exists (select from booked o
                       where o.statement_id = p.other_id and o.booked_on = e.booked_on and o.is_in = e.is_in
                         and (e.count > 1 and o.amount = e.sum or o.count > 1 and e.amount = o.sum)))
        """;

    /// <summary>Why such an entry waits.</summary>
    public static EntryDecision Decision { get; } =
        new(
            MatchOutcome.Decide,
            MatchRule.Restated,
            ["An earlier statement of this day has the same sum in another form, so this money may be counted already."]
        );

    /// <summary>Returns those of some entries that an earlier statement may have.</summary>
    public static async Task<IReadOnlySet<StatementEntryId>> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(entries.Select(entry => entry.Id).ToList()) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new HashSet<StatementEntryId>();
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.Id<StatementEntryId>("id"));
        return found;
    }
}

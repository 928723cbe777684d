using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>An officer's order that money goes back to its payer.</summary>
/// <param name="PayerAccount">The account that it goes back to.</param>
/// <param name="OrderedOn">The day of the order, on which it is in the books.</param>
/// <param name="OtherEntryId">The bank's entry by which it went; null while it is on its way.</param>
public sealed record PayerReturnOrder(string PayerAccount, DateOnly OrderedOn, StatementEntryId? OtherEntryId);

/// <summary>Reads what goes back to its payers.</summary>
public static class EntryReturnStore
{
    // The day of the last order: an entry can be ordered back, undone and ordered back again.
    private const string OrderedOn = """
        (select j.effective_on from journal_entry j
         where j.customer_id = s.organisation_id and j.subject_id = s.entry_id and j.kind = 'PAYER_RETURN_ORDERED'
         order by j.recorded_at desc, j.id desc limit 1)
        """;

    private const string Find = $"""
        select s.entry_id, s.amount, e.currency_code, s.state, d.payer_account, {OrderedOn} as ordered_on
        from (select * from entry_standing
              where organisation_id = $1 and state = 'RETURN_ORDERED' and amount = any ($2)
              union
              select * from entry_standing
              where organisation_id = $1 and state in ('RETURN_ORDERED', 'RETURNED_TO_PAYER') and amount > 0
                and entry_id = any ($3)) s
        join statement_entry e on e.id = s.entry_id
        join entry_decision d on d.entry_id = s.entry_id and d.number = s.decisions
        """;

    private const string FindOrder = $"""
        select d.payer_account, d.other_entry_id, {OrderedOn} as ordered_on
        from entry_standing s join entry_decision d on d.entry_id = s.entry_id and d.number = s.decisions
        where s.entry_id = $1
        """;

    private const string FindOther = """
        select d.other_entry_id
        from entry_standing s join entry_decision d on d.entry_id = s.entry_id and d.number = s.decisions
        where s.entry_id = $1
        """;

    /// <summary>Returns the returns to payers of the entries' amounts on their way, and those that they name.</summary>
    public static async Task<IReadOnlyList<CandidateReturn>> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        IReadOnlyList<CandidateKeys> keys,
        CancellationToken cancellation
    )
    {
        var amounts = keys.Select(key => key.TakenBack?.MinorUnits).OfType<long>().Distinct().ToArray();
        if (amounts.Length == 0)
            return [];
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(amounts),
                Sql.Value(keys.SelectMany(key => key.Returns).ToList()),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<CandidateReturn>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(
                new(
                    reader.Id<StatementEntryId>("entry_id"),
                    reader.Money("amount", reader.Currency("currency_code")),
                    reader.Text("payer_account"),
                    reader.Date("ordered_on")
                )
                {
                    HasLeft = reader.Word<EntryState>("state") == EntryState.ReturnedToPayer,
                }
            );
        }

        return found;
    }

    /// <summary>Returns the order to send the money of an entry back. It is on its way, or has gone.</summary>
    public static async Task<PayerReturnOrder> FindOrderAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(FindOrder, connection) { Parameters = { Sql.Value(entry.Id) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(
            reader.Text("payer_account"),
            reader.Date("ordered_on"),
            reader.IdOrNull<StatementEntryId>("other_entry_id")
        );
    }

    /// <summary>Returns the other entry of a pair.</summary>
    public static async Task<StatementEntryId> FindOtherAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(FindOther, connection) { Parameters = { Sql.Value(entry.Id) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.Id<StatementEntryId>("other_entry_id");
    }
}

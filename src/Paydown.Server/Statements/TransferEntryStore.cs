using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>Reads the transfers that entries of bank statements name, and which of them the bank has shown.</summary>
public static class TransferEntryStore
{
    private const string Find = """
        select t.id, t.amount, t.currency_code,
               exists (select from entry_decision d where d.transfer_id = t.id and d.state = 'SETTLED') as has_left,
               s.status = 'FAILED'
                 or exists (select from entry_decision d where d.transfer_id = t.id and d.state = 'RETURNED')
                 as has_ended
        from wallet_transfer t
        join wallet_transfer_standing s on s.customer_id = t.customer_id and s.transfer_id = t.id
        where t.organisation_id = $1 and t.id = any ($2)
        """;

    private const string Has = """
        select exists (select from entry_decision where transfer_id = $1 and state = $2)
        """;

    /// <summary>Returns the transfers with these ids.</summary>
    public static async Task<IReadOnlyList<CandidateTransfer>> FindAsync(
        NpgsqlConnection connection,
        Organisation organisation,
        IReadOnlyCollection<TransferId> ids,
        CancellationToken cancellation
    )
    {
        if (ids.Count == 0)
            return [];
        await using var command = new NpgsqlCommand(Find, connection)
        {
            Parameters = { Sql.Value(organisation.Id), Sql.Value(ids) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var transfers = new List<CandidateTransfer>();
        while (await reader.ReadAsync(cancellation))
        {
            transfers.Add(
                new(reader.Id<TransferId>("id"), reader.Money("amount", reader.Currency("currency_code")))
                {
                    HasLeft = reader.Boolean("has_left"),
                    HasEnded = reader.Boolean("has_ended"),
                }
            );
        }

        return transfers;
    }

    /// <summary>Whether an entry shows the money of a transfer in a direction. The transfer is locked.</summary>
    public static async Task<bool> HasAsync(
        NpgsqlConnection connection,
        TransferId id,
        EntryState state,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Has, connection)
        {
            Parameters = { Sql.Value(id), Sql.Value(Words.Write(state)) },
        };
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}

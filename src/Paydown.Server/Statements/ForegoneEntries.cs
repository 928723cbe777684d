using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Server.Organisations;

namespace Paydown.Server.Statements;

/// <summary>The entries that are decided before the rules look for loans and reports.</summary>
internal static class ForegoneEntries
{
    /// <summary>
    /// Returns the decisions on money that may be counted already, and on the remittances of collectors, whose loans
    /// are paid already.
    /// </summary>
    public static async Task<IReadOnlyDictionary<StatementEntryId, EntryDecision>> FindAsync(
        NpgsqlConnection connection,
        Organisation organisation,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        var decided = await RemittanceStore.DecideAsync(connection, organisation, entries, cancellation);
        foreach (var id in await RestatedEntryStore.FindAsync(connection, organisation.Id, entries, cancellation))
            decided[id] = RestatedEntryStore.Decision;
        return decided;
    }
}

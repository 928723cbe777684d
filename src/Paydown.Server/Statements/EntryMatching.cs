using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Ledger;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>
/// Matches stored entries to reports and loans, in groups: each group is one transaction with all that follows from
/// it. A crash between two groups leaves entries that wait, with which the next call goes on.
/// </summary>
public sealed class EntryMatching(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    LoanChanges changes,
    TimeProvider time,
    Ids ids
)
{
    private const int GroupSizeMax = 200;

    /// <summary>Matches the entries of an organisation that wait, up to a number of them.</summary>
    /// <returns>The number of entries that were decided.</returns>
    public async Task<int> MatchAsync(OrganisationId organisationId, int countMax, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(organisationId, cancellation);
        var total = 0;
        while (total < countMax)
        {
            var count = await MatchGroupAsync(organisation, cancellation);
            if (count == 0)
                break;
            total += count;
        }

        return total;
    }

    private async Task<int> MatchGroupAsync(Organisation organisation, CancellationToken cancellation)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var entries = await EntryMatchStore.TakeWaitingAsync(connection, organisation.Id, GroupSizeMax, cancellation);
        if (entries.Count == 0)
            return 0;
        var loans = await EntryMatchStore.FindLoansAsync(
            connection,
            organisation.Id,
            entries.SelectMany(one => EntryRules.ReferencesIn(one.Entry)).ToHashSet(StringComparer.Ordinal),
            cancellation
        );
        var named = entries.ToDictionary(one => one.Id, one => NamedIn(one, loans));
        var found = await VerificationStore.ReadOpenAsync(
            connection,
            [.. named.Values.SelectMany(keys => keys).Distinct()],
            cancellation
        );
        var writes = new EntryWrites(changes, ids, found);
        var fourEyesAbove = await FirstAmountAsync(connection, organisation, cancellation);
        foreach (var entry in entries)
        {
            var now = ActionContext.InstantOf(time);
            var context = new ActionContext(entry.ImportedBy, now, organisation.Today(time), "");
            writes.Apply(entry, EntryRules.Decide(entry, named[entry.Id], found, fourEyesAbove), context);
        }

        await using var batch = new NpgsqlBatch(connection);
        writes.AddTo(batch);
        await transaction.CommitAsync(batch);
        return entries.Count;
    }

    // Of references that begin at the same place the longest counts.
    private static List<LoanKey> NamedIn(StoredEntry entry, IReadOnlyDictionary<string, LoanKey> loans)
    {
        var known = EntryRules.ReferencesIn(entry.Entry).Where(loans.ContainsKey).Distinct().ToList();
        return
        [
            .. known
                .Where(one => !known.Any(other => other != one && other.StartsWith(one, StringComparison.Ordinal)))
                .Select(one => loans[one])
                .Distinct(),
        ];
    }

    // Read in the transaction, because the decision depends on it.
    private static async Task<Money?> FirstAmountAsync(
        NpgsqlConnection connection,
        Organisation organisation,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            "select four_eyes_above::bigint from organisation where id = $1",
            connection
        )
        {
            Parameters = { Sql.Value(organisation.Id) },
        };
        return await command.ExecuteScalarAsync(cancellation) is long above
            ? new Money(above, organisation.Currency)
            : null;
    }
}

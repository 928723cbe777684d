using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Repayments;
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
        var (found, book) = await ReadAsync(connection, organisation, entries, cancellation);
        var writes = new EntryWrites(changes, ids, found);
        var reversals = new List<(StoredEntry Entry, EntryDecision Decision)>();
        foreach (var entry in entries)
        {
            var decision = book.Decide(entry.Id, entry.Entry);
            if (decision.Outcome == MatchOutcome.Reverse)
                reversals.Add((entry, decision));
            else
                writes.Apply(entry, decision, ContextOf(entry, organisation));
        }

        await using var batch = new NpgsqlBatch(connection);
        writes.AddTo(batch);
        await transaction.CommitAsync(batch);
        // Each in its own transaction: what it takes back may have been decided in this group.
        foreach (var (entry, decision) in reversals)
            await ReverseAsync(organisation, entry.Id, decision, cancellation);
        return entries.Count;
    }

    private static async Task<(DecidableRepayments Found, MatchingBook Book)> ReadAsync(
        NpgsqlConnection connection,
        Organisation organisation,
        IReadOnlyList<StoredEntry> entries,
        CancellationToken cancellation
    )
    {
        var keys = entries.Select(entry => CandidateKeys.Of(entry.Entry)).ToList();
        var named = await EntryMatchStore.FindLoansAsync(
            connection,
            organisation.Id,
            keys.SelectMany(key => key.References).ToHashSet(StringComparer.Ordinal),
            cancellation
        );
        var payers = await EntryMatchStore.FindPayersAsync(connection, organisation.Id, entries, cancellation);
        var found = await VerificationStore.ReadOpenAsync(
            connection,
            [.. named.Concat(payers.Select(payer => payer.Loan)).Distinct()],
            cancellation
        );
        var byId = payers.DistinctBy(payer => payer.RepaymentId).ToDictionary(payer => payer.RepaymentId);
        var accounts = await CollectionAccountStore.ListAsync(connection, organisation.Id, cancellation);
        var candidates = new MatchingCandidates
        {
            Loans = [.. found.Loans.Select(CandidateOf)],
            Reports = [.. found.Open.Select(report => CandidateOf(report, byId.GetValueOrDefault(report.Id)))],
            Transfers = await EntryMatchStore.FindTransfersAsync(
                connection,
                organisation,
                [.. keys.SelectMany(key => key.Transfers)],
                cancellation
            ),
            Credits = await EntryMatchStore.FindCreditsAsync(connection, organisation.Id, entries, cancellation),
            OwnAccounts = [.. accounts.Select(account => account.AccountNumber)],
            FourEyesAbove = await EntryMatchStore.FindFourEyesAsync(connection, organisation, cancellation),
        };
        return (found, new MatchingBook(candidates));
    }

    // The bank has taken an earlier entry back: what that one paid is reversed, and both are nothing together.
    private async Task ReverseAsync(
        Organisation organisation,
        StatementEntryId id,
        EntryDecision decision,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var entry = await EntryMatchStore.LockAsync(connection, organisation.Id, id, cancellation);
        var taken = await EntryMatchStore.LockAsync(connection, organisation.Id, decision.EntryId!.Value, cancellation);
        // Another server was faster.
        if (entry is not { State: EntryState.Waiting })
            return;
        var context = ContextOf(entry, organisation);
        var (rule, reasons) = ((int)decision.Rule, decision.Reasons);
        var found = taken is not { Links.Count: > 0 }
            ? new DecidableRepayments()
            : await VerificationStore.ReadAsync(
                connection,
                [.. taken.Links.Select(link => new DecisionTarget(organisation.Id, link.RepaymentId))],
                cancellation
            );
        var writes = new EntryWrites(changes, ids, found);
        if (taken is { IsOpen: true } or { State: EntryState.Matched or EntryState.Assigned })
        {
            if (taken.IsOpen)
                writes.Identify(taken, context);
            foreach (var link in taken.Links)
                writes.TakeBack(link, reasons[0], reopens: false, context);
            writes.Decide(taken, EntryState.Reversed, rule, reasons, [], context);
            writes.Decide(entry, EntryState.Reversed, rule, reasons, [], context);
        }
        else
        {
            writes.Wait(entry, EntryState.ToDecide, rule, reasons, context);
        }

        await using var batch = new NpgsqlBatch(connection);
        writes.AddTo(batch);
        await transaction.CommitAsync(batch);
    }

    private ActionContext ContextOf(StoredEntry entry, Organisation organisation) =>
        new(entry.ImportedBy, ActionContext.InstantOf(time), organisation.Today(time), InteractionId: "");

    private static CandidateLoan CandidateOf(StoredLoan loan) =>
        new()
        {
            Id = loan.Id,
            Reference = loan.Reference,
            State = loan.State,
            Currency = loan.Currency,
            Collector = loan.Collector,
        };

    private static CandidateReport CandidateOf(StoredRepayment report, KnownPayer? payer) =>
        new()
        {
            Id = report.Id,
            LoanId = report.AccountId,
            Amount = report.Amount,
            PaidOn = report.PaidOn,
            IsVerified = report.Status == RepaymentStatus.Verified,
            OwnReference = payer?.OwnReference,
            PayerAccount = payer?.AccountNumber,
        };
}

using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Matching;
using Paydown.Lending.Repayments;
using Paydown.Lending.Statements;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;
using Paydown.Server.Wallets;

namespace Paydown.Server.Statements;

/// <summary>
/// Matches stored entries to reports and loans, in groups: each group is one transaction with all that follows from
/// it. A crash between two groups leaves entries that wait, with which the next call goes on.
/// </summary>
public sealed class EntryMatching(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    LoanChanges changes,
    TransferChanges transfers,
    TimeProvider time,
    Ids ids
)
{
    private const int GroupSizeMax = 200;

    // Enough to keep the database busy while the next group is read, and few enough for payers not to wait.
    private const int GroupsWritingMax = 2;

    /// <summary>Matches the entries of an organisation that wait, up to a number of them.</summary>
    /// <remarks>
    /// One group is read while those before it are written. The result is as if they came one by one: a group begins
    /// when the one before it has locked all loans that its entries may pay and has decided, so of two entries that
    /// compete for a report, the older one gets it.
    /// </remarks>
    /// <returns>The number of entries that were decided.</returns>
    public async Task<int> MatchAsync(OrganisationId organisationId, int countMax, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(organisationId, cancellation);
        await ItemiseAnnouncedAsync(organisation, cancellation);
        var (total, writing) = (0, new Queue<Task>());
        try
        {
            while (total < countMax && await DecideGroupAsync(organisation, cancellation) is { } group)
            {
                total += group.Count;
                if (writing.Count == GroupsWritingMax)
                    await writing.Dequeue();
                writing.Enqueue(Task.Run(group.WriteAsync, CancellationToken.None));
                if (group.Moves.Count == 0 && group.Itemised.Count == 0)
                    continue;
                await Task.WhenAll(writing);
                await MoveAsync(organisation, group.Moves, cancellation);
                foreach (var bookingId in group.Itemised)
                    await ItemiseAsync(organisation, bookingId, cancellation);
            }
        }
        finally
        {
            await Task.WhenAll(writing);
        }

        if (total > 0)
            await LookAgainAsync(organisation, SecondLook.AmountDiffered, cancellation);
        return total;
    }

    /// <summary>
    /// Looks again at open money that may be of a report which came since: many report after the money came.
    /// </summary>
    /// <returns>The number of entries that were matched.</returns>
    public async Task<int> LookAgainAsync(OrganisationId organisationId, CancellationToken cancellation) =>
        await LookAgainAsync(
            await organisations.GetAsync(organisationId, cancellation),
            SecondLook.ReportsCame,
            cancellation
        );

    private async Task<int> LookAgainAsync(Organisation organisation, SecondLook why, CancellationToken cancellation)
    {
        var (matched, last) = (0, default(StatementEntryId));
        while (true)
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
            var connection = transaction.Connection;
            var entries = await EntryMatchStore.TakeOpenAsync(
                connection,
                organisation.Id,
                why,
                last,
                GroupSizeMax,
                cancellation
            );
            if (entries.Count == 0)
                return matched;
            last = entries[^1].Id;
            var (found, book) = await EntryCandidates.ReadAsync(connection, organisation, entries, cancellation);
            var writes = new EntryWrites(changes, ids, found);
            foreach (var entry in entries)
            {
                var decision = book.Decide(entry.Id, entry.Entry);
                if (!IsCertain(entry, decision, found))
                    continue;
                var context = ContextOf(entry, organisation);
                writes.Identify(entry, context);
                writes.Apply(entry, decision, context);
                matched++;
            }

            await using var batch = new NpgsqlBatch(connection);
            EntryStandingStore.AddConsideredTo(
                batch,
                [.. entries.Select(entry => entry.Id)],
                ActionContext.InstantOf(time)
            );
            writes.AddTo(batch);
            await transaction.CommitAsync(batch);
        }
    }

    // An officer may have verified a report with this money in mind, so money without a report of its amount is
    // recorded only if no report near it lacks its own money.
    private static bool IsCertain(StoredEntry entry, EntryDecision decision, DecidableRepayments found)
    {
        const int daysNear = 31;
        return entry.Bank == LedgerAccount.CollectionAccount
            && decision.Outcome switch
            {
                MatchOutcome.Verify or MatchOutcome.Confirm => !found.IsPartlyArrived(decision.RepaymentId!.Value),
                MatchOutcome.Record => found
                    .OpenOf(decision.LoanId!.Value)
                    .All(report => Math.Abs(report.PaidOn.DayNumber - entry.Entry.ValueOn.DayNumber) > daysNear),
                _ => false,
            };
    }

    private async Task<DecidedGroup?> DecideGroupAsync(Organisation organisation, CancellationToken cancellation)
    {
        var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        DecidedGroup? group = null;
        try
        {
            var connection = transaction.Connection;
            var entries = await EntryMatchStore.TakeWaitingAsync(
                connection,
                organisation.Id,
                GroupSizeMax,
                cancellation
            );
            if (entries.Count > 0)
            {
                var itemised = await BookingDetailStore.FindItemisedAsync(
                    connection,
                    organisation.Id,
                    entries,
                    cancellation
                );
                var others = entries.Where(entry => !itemised.Contains(entry.Id)).ToList();
                var (found, book) = await EntryCandidates.ReadAsync(connection, organisation, others, cancellation);
                var announced = await BookingDetailStore.LockAnnouncementsAsync(
                    connection,
                    organisation.Id,
                    entries,
                    cancellation
                );
                var foregone = await ForegoneEntries.FindAsync(connection, organisation, others, cancellation);
                group = Decide(transaction, others, foregone, found, book, organisation) with
                {
                    Count = entries.Count,
                    Itemised = itemised,
                };
                JoinAnnounced(group.Writes, entries, announced, organisation);
            }

            return group;
        }
        finally
        {
            if (group is null)
                await transaction.DisposeAsync();
        }
    }

    private DecidedGroup Decide(
        WriteTransaction transaction,
        List<StoredEntry> entries,
        IReadOnlyDictionary<StatementEntryId, EntryDecision> foregone,
        DecidableRepayments found,
        MatchingBook book,
        Organisation organisation
    )
    {
        var writes = new EntryWrites(changes, ids, found);
        var moves = new List<(StatementEntryId Id, EntryDecision Decision)>();
        foreach (var entry in entries)
        {
            var decision = foregone.GetValueOrDefault(entry.Id) ?? book.Decide(entry.Id, entry.Entry);
            if (IsMove(decision.Outcome))
                moves.Add((entry.Id, decision));
            else
                writes.Apply(entry, decision, ContextOf(entry, organisation));
        }

        return new(transaction, writes, entries.Count, moves);
    }

    private static bool IsMove(MatchOutcome outcome) =>
        outcome is MatchOutcome.Reverse or MatchOutcome.SendBack or MatchOutcome.Settle or MatchOutcome.Returned;

    // Each announcement belongs to one booking. It never was money, so nothing follows.
    private void JoinAnnounced(
        EntryWrites writes,
        IReadOnlyList<StoredEntry> bookings,
        IReadOnlyList<StoredEntry> announced,
        Organisation organisation
    )
    {
        var left = announced.ToDictionary<StoredEntry, StatementEntry>(
            one => one.Entry,
            ReferenceEqualityComparer.Instance
        );
        foreach (var booking in bookings)
        {
            var candidates = left.Values.Where(one => one.AccountId == booking.AccountId).Select(one => one.Entry);
            if (EntryJoins.FindAnnouncement(booking.Entry, candidates) is not { } found)
                continue;
            writes.Decide(
                new(
                    left[found],
                    EntryState.Booked,
                    null,
                    ["The bank has booked it."],
                    [],
                    ContextOf(booking, organisation)
                )
                {
                    OtherEntryId = booking.Id,
                }
            );
            left.Remove(found);
        }
    }

    // Details that came after their bookings. What a person has decided about a booking stays as it is.
    private async Task ItemiseAnnouncedAsync(Organisation organisation, CancellationToken cancellation)
    {
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            var (announced, bookings) = await BookingDetailStore.ListNewAsync(
                connection,
                organisation.Id,
                cancellation
            );
            if (announced.Count == 0)
                return;
            foreach (var bookingId in bookings)
                await ItemiseAsync(organisation, bookingId, cancellation);
            await using var batch = new NpgsqlBatch(connection);
            EntryStandingStore.AddConsideredTo(batch, announced, ActionContext.InstantOf(time));
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }

    // The details of a collective booking take its place: each is money by itself, and the booking is none any more.
    private async Task ItemiseAsync(
        Organisation organisation,
        StatementEntryId bookingId,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var detailIds = await BookingDetailStore.ListAsync(connection, organisation.Id, bookingId, cancellation);
        var locked = await EntryMatchStore.LockAllAsync(
            connection,
            organisation.Id,
            [bookingId, .. detailIds],
            cancellation
        );
        var booking = locked.First(one => one.Id == bookingId);
        var details = locked.Where(one => one.Id != bookingId && one.State == EntryState.Announced).ToList();
        if (
            !EntryJoins.AreDetailsOf([.. details.Select(detail => detail.Entry)], booking.Entry)
            || !await BookingDetailStore.IsUndecidedAsync(connection, booking, cancellation)
        )
            return;
        var context = ContextOf(booking, organisation);
        var writes = new EntryWrites(changes, ids, new DecidableRepayments());
        writes.Itemise(booking, details, context);
        await using var batch = new NpgsqlBatch(connection);
        writes.AddTo(batch);
        await transaction.CommitAsync(batch);
    }

    // Each in its own transaction: what it takes back may have been decided in the same group.
    private async Task MoveAsync(
        Organisation organisation,
        IReadOnlyList<(StatementEntryId Id, EntryDecision Decision)> moves,
        CancellationToken cancellation
    )
    {
        foreach (var (id, decision) in moves)
        {
            if (decision.Outcome == MatchOutcome.Reverse)
                await ReverseAsync(organisation, id, decision, cancellation);
            else if (decision.Outcome == MatchOutcome.SendBack)
                await SendBackAsync(organisation, id, decision, cancellation);
            else
                await MoveTransferAsync(organisation, id, decision, cancellation);
        }
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
        var takenId = decision.EntryId!.Value;
        var joined = await ReportPartStore.LockLinkedAsync(connection, organisation.Id, takenId, cancellation);
        var entry = await EntryMatchStore.LockAsync(connection, organisation.Id, id, cancellation);
        var locked = await EntryMatchStore.LockAllAsync(
            connection,
            organisation.Id,
            [takenId, .. joined],
            cancellation
        );
        var taken = locked.FirstOrDefault(one => one.Id == takenId);
        // An officer has just joined it: the entry waits for the next call.
        if (taken is not null && taken.TogetherWith(locked) is null)
            return;
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
        if (
            taken
            is { IsOpen: true }
                or { State: EntryState.Matched or EntryState.Assigned or EntryState.ReturnOrdered }
        )
        {
            if (taken.State == EntryState.ReturnOrdered)
                writes.CancelReturn(
                    taken,
                    await EntryReturnStore.FindOrderAsync(connection, taken, cancellation),
                    context
                );
            if (taken.IsOpen || taken.State == EntryState.ReturnOrdered)
                writes.Identify(taken, context);
            foreach (var link in taken.Links)
                writes.TakeBack(link, reasons[0], reopens: false, context);
            // The other parts of a report are still there, and wait again.
            foreach (var part in taken.TogetherWith(locked)!.Where(one => one.Id != takenId))
                writes.Suspend(part, EntryState.Unmatched, null, [reasons[0]], context);
            writes.DecidePair(entry, taken, EntryState.Reversed, rule, reasons, context);
        }
        else
        {
            writes.Wait(entry, EntryState.ToDecide, rule, reasons, context);
        }

        await using var batch = new NpgsqlBatch(connection);
        writes.AddTo(batch);
        await transaction.CommitAsync(batch);
    }

    // The entry is money that goes back to its payer by an officer's order.
    private async Task SendBackAsync(
        Organisation organisation,
        StatementEntryId id,
        EntryDecision decision,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var entry = await EntryMatchStore.LockAsync(connection, organisation.Id, id, cancellation);
        var sent = await EntryMatchStore.LockAsync(connection, organisation.Id, decision.EntryId!.Value, cancellation);
        // Another server was faster.
        if (entry is not { State: EntryState.Waiting })
            return;
        var context = ContextOf(entry, organisation);
        var writes = new EntryWrites(changes, ids, new DecidableRepayments());
        var (rule, reasons) = ((int)decision.Rule, decision.Reasons);
        if (sent is { State: EntryState.ReturnOrdered })
        {
            var order = await EntryReturnStore.FindOrderAsync(connection, sent, cancellation);
            writes.PayReturn(entry, sent, order, rule, reasons, context);
        }
        else
        {
            writes.Wait(entry, EntryState.ToDecide, rule, [.. reasons, "An officer has undone the order."], context);
        }

        await using var batch = new NpgsqlBatch(connection);
        writes.AddTo(batch);
        await transaction.CommitAsync(batch);
    }

    // The entry is the money of a transfer, on its way out or back.
    private async Task MoveTransferAsync(
        Organisation organisation,
        StatementEntryId id,
        EntryDecision decision,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var entry = await EntryMatchStore.LockAsync(connection, organisation.Id, id, cancellation);
        // Another server was faster.
        if (entry is not { State: EntryState.Waiting })
            return;
        var context = ContextOf(entry, organisation);
        var (transferId, on) = (decision.TransferId!.Value, entry.Entry.ValueOn);
        var isSettled = decision.Outcome == MatchOutcome.Settle;
        var moved = isSettled
            ? await transfers.LeaveBankAsync(
                connection,
                organisation.Id,
                transferId,
                -entry.Amount,
                context.At,
                on,
                cancellation
            )
            : await transfers.ComeBackAsync(
                connection,
                organisation.Id,
                transferId,
                entry.Amount,
                ReasonOf(entry.Entry),
                context.At,
                on,
                cancellation
            );
        var writes = new EntryWrites(changes, ids, new DecidableRepayments());
        var (rule, reasons) = ((int)decision.Rule, decision.Reasons);
        var state = isSettled ? EntryState.Settled : EntryState.Returned;
        if (moved is null)
            writes.Wait(entry, EntryState.ToDecide, rule, [.. reasons, "The transfer has another amount."], context);
        else if (await TransferEntryStore.HasAsync(connection, transferId, state, cancellation))
            writes.Wait(entry, EntryState.ToDecide, rule, [.. reasons, "Another entry shows it already."], context);
        else
            writes.Decide(new(entry, state, rule, reasons, [], context) { TransferId = transferId });
        await using var batch = new NpgsqlBatch(connection);
        writes.AddTo(batch);
        await transaction.CommitAsync(batch);
    }

    // For the customer, so without the bank's text, which may name others.
    private static string ReasonOf(StatementEntry entry) =>
        entry.ReturnReason is { } code ? $"The bank sent the money back ({code})." : "The bank sent the money back.";

    private ActionContext ContextOf(StoredEntry entry, Organisation organisation) =>
        new(entry.ImportedBy, ActionContext.InstantOf(time), organisation.Today(time), InteractionId: "");

    // A group whose entries and loans are locked, and whose decisions are to be written.
    private sealed record DecidedGroup(
        WriteTransaction Transaction,
        EntryWrites Writes,
        int Count,
        IReadOnlyList<(StatementEntryId Id, EntryDecision Decision)> Moves
    )
    {
        /// <summary>The collective bookings whose details are known.</summary>
        public IReadOnlyCollection<StatementEntryId> Itemised { get; init; } = [];

        public async Task WriteAsync()
        {
            await using (Transaction)
            {
                await using var batch = new NpgsqlBatch(Transaction.Connection);
                Writes.AddTo(batch);
                await Transaction.CommitAsync(batch);
            }
        }
    }
}

using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Ledger;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Wallets;

/// <summary>
/// Makes every change of a transfer, with all that follows from it: journal, wallet, status and outbox messages. A
/// transfer changes in no other way.
/// </summary>
public sealed class TransferChanges(Ids ids)
{
    /// <summary>Takes amount and fee from the wallet, which must be locked and hold enough.</summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="transfer">The requested transfer.</param>
    /// <param name="today">The organisation's calendar date.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<StoredTransfer> RequestAsync(
        NpgsqlConnection connection,
        Transfer transfer,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var requested = new StoredTransfer(transfer, TransferStatus.Pending, null, null, null);
        List<WalletMovement> movements =
        [
            Movement(transfer, WalletPostings.FundsWithdrawn(transfer.Id, transfer.Amount, today), transfer.RecordedAt),
        ];
        if (transfer.Fee.IsPositive)
        {
            movements.Add(
                Movement(
                    transfer,
                    WalletPostings.WithdrawalFeeTaken(transfer.Id, transfer.Fee, today),
                    transfer.RecordedAt
                )
            );
        }

        await using var batch = new NpgsqlBatch(connection);
        WalletStore.AddTo(batch, movements);
        TransferStore.AddTo(batch, transfer);
        OutboxStore.AddTo(batch, [MessageOf(requested, EventType.TransactionCreated, transfer.RecordedAt)]);
        await batch.ExecuteNonQueryAsync(cancellation);
        return requested;
    }

    /// <summary>
    /// Ends a locked transfer that has not ended: settles it, or returns amount and fee to the wallet.
    /// </summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="stored">The current transfer.</param>
    /// <param name="end">The final status: completed or failed.</param>
    /// <param name="reason">Why it failed; null if it did not.</param>
    /// <param name="at">The instant of recording.</param>
    /// <param name="on">The value date: the organisation's calendar date, or that of the bank's entry.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<StoredTransfer> EndAsync(
        NpgsqlConnection connection,
        StoredTransfer stored,
        TransferStatus end,
        string? reason,
        DateTimeOffset at,
        DateOnly on,
        CancellationToken cancellation
    )
    {
        var transfer = stored.Transfer;
        var ended = stored with { Status = end, Reason = reason, EndedAt = at };
        var hasFailed = end == TransferStatus.Failed;
        if (hasFailed)
        {
            await WalletStore.LockAsync(
                connection,
                transfer.CustomerId,
                transfer.OrganisationId,
                transfer.Amount.Currency,
                cancellation
            );
        }

        await using var batch = new NpgsqlBatch(connection);
        if (hasFailed)
        {
            var returned = WalletPostings.WithdrawalFailed(transfer.Id, transfer.Amount, transfer.Fee, on);
            WalletStore.AddTo(batch, [Movement(transfer, returned, at)]);
        }
        else
        {
            var settled = WalletPostings.WithdrawalSettled(transfer.Id, transfer.Amount, on);
            JournalStore.AddTo(
                batch,
                [
                    new JournalRow(
                        transfer.CustomerId,
                        transfer.OrganisationId,
                        null,
                        new BookedEntry(ids.Next<JournalEntryId>(), settled),
                        at
                    ),
                ]
            );
        }

        TransferStore.AddEndTo(batch, ended);
        OutboxStore.AddTo(
            batch,
            [MessageOf(ended, hasFailed ? EventType.TransactionFailed : EventType.TransactionCompleted, at)]
        );
        await batch.ExecuteNonQueryAsync(cancellation);
        return ended;
    }

    /// <summary>
    /// A bank statement shows that the money of a transfer has left the lender's account: settles it, if the payment
    /// partner has not reported that yet.
    /// </summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="organisationId">The lender.</param>
    /// <param name="id">The transfer.</param>
    /// <param name="amount">What left, positive.</param>
    /// <param name="at">The instant of recording.</param>
    /// <param name="on">The value date of the bank's entry.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>
    /// The transfer, unchanged if its status is final; null if the lender has no such transfer of this amount.
    /// </returns>
    public async Task<StoredTransfer?> LeaveBankAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        TransferId id,
        Money amount,
        DateTimeOffset at,
        DateOnly on,
        CancellationToken cancellation
    )
    {
        var stored = await TransferStore.LockInOrganisationAsync(connection, organisationId, id, cancellation);
        if (stored is null || stored.Transfer.Amount != amount)
            return null;
        return TransferRules.WhenMoneyLeft(stored.Status) is { } end
            ? await EndAsync(connection, stored, end, null, at, on, cancellation)
            : stored;
    }

    /// <summary>
    /// A bank statement shows that the money of a transfer came back to the lender's account: a completed one is
    /// returned to the wallet, and one that the payment partner has not reported yet has failed.
    /// </summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="organisationId">The lender.</param>
    /// <param name="id">The transfer.</param>
    /// <param name="amount">What came back, positive.</param>
    /// <param name="reason">Why, in words for the customer.</param>
    /// <param name="at">The instant of recording.</param>
    /// <param name="on">The value date of the bank's entry.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    /// <returns>
    /// The transfer, unchanged if its money is in the wallet already; null if the lender has no such transfer of this
    /// amount.
    /// </returns>
    public async Task<StoredTransfer?> ComeBackAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        TransferId id,
        Money amount,
        string reason,
        DateTimeOffset at,
        DateOnly on,
        CancellationToken cancellation
    )
    {
        var stored = await TransferStore.LockInOrganisationAsync(connection, organisationId, id, cancellation);
        if (stored is null || stored.Transfer.Amount != amount)
            return null;
        return TransferRules.WhenMoneyCameBack(stored.Status) switch
        {
            null => stored,
            TransferStatus.Returned => await ReturnAsync(connection, stored, reason, at, on, cancellation),
            var end => await EndAsync(connection, stored, end.Value, reason, at, on, cancellation),
        };
    }

    private async Task<StoredTransfer> ReturnAsync(
        NpgsqlConnection connection,
        StoredTransfer stored,
        string reason,
        DateTimeOffset at,
        DateOnly on,
        CancellationToken cancellation
    )
    {
        var transfer = stored.Transfer;
        var returned = stored with { Status = TransferStatus.Returned, Reason = reason, ReturnedAt = at };
        await WalletStore.LockAsync(
            connection,
            transfer.CustomerId,
            transfer.OrganisationId,
            transfer.Amount.Currency,
            cancellation
        );
        await using var batch = new NpgsqlBatch(connection);
        WalletStore.AddTo(
            batch,
            [Movement(transfer, WalletPostings.WithdrawalReturned(transfer.Id, transfer.Amount, on), at)]
        );
        TransferStore.AddReturnTo(batch, returned);
        OutboxStore.AddTo(batch, [MessageOf(returned, EventType.TransactionReturned, at)]);
        await batch.ExecuteNonQueryAsync(cancellation);
        return returned;
    }

    private WalletMovement Movement(Transfer transfer, JournalEntry entry, DateTimeOffset at) =>
        new(transfer.CustomerId, transfer.OrganisationId, new BookedEntry(ids.Next<JournalEntryId>(), entry), at);

    private static OutboxRow MessageOf(StoredTransfer stored, EventType type, DateTimeOffset at) =>
        new(
            stored.Transfer.CustomerId,
            stored.Transfer.OrganisationId,
            null,
            OutboxMessage.Of(type, stored.Transfer.Id.AsSubject, TransferPayload.Of(stored, at)),
            at
        );
}

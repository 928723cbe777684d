using Npgsql;
using Paydown.Lending.Accounting;
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
    /// <param name="today">The organisation's calendar date.</param>
    /// <param name="cancellation">Cancels the operation.</param>
    public async Task<StoredTransfer> EndAsync(
        NpgsqlConnection connection,
        StoredTransfer stored,
        TransferStatus end,
        string? reason,
        DateTimeOffset at,
        DateOnly today,
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
            var returned = WalletPostings.WithdrawalFailed(transfer.Id, transfer.Amount, transfer.Fee, today);
            WalletStore.AddTo(batch, [Movement(transfer, returned, at)]);
        }
        else
        {
            var settled = WalletPostings.WithdrawalSettled(transfer.Id, transfer.Amount, today);
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

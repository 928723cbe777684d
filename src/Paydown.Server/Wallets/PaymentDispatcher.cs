using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Organisations;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>
/// Exchanges transfers with the payment partner in rounds, one server at a time. Pending transfers are put into
/// batches, batches are sent, and the partner's reports are booked. Each step is committed before the next and can be
/// repeated. So a crash between two steps loses nothing and does nothing twice.
/// </summary>
public sealed class PaymentDispatcher(
    NpgsqlDataSource database,
    OrganisationDirectory organisations,
    IPaymentPartner partner,
    TransferChanges changes,
    PaymentOptions options,
    Ids ids,
    TimeProvider time,
    ILogger<PaymentDispatcher> logger
) : BackgroundService
{
    /// <summary>
    /// Runs one round. A batch or report that fails does not delay others; the next round retries it.
    /// </summary>
    /// <returns>False if another server has the turn.</returns>
    /// <exception cref="AggregateException">The failures, thrown after all other steps were done.</exception>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        await using var turn = await database.OpenConnectionAsync(cancellation);
        // This transaction only holds the turn, while the steps use another connection. It is rolled back in the end.
        await using var holding = await turn.BeginTransactionAsync(cancellation);
        if (!await PaymentStore.TryTakeTurnAsync(turn, cancellation))
            return false;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var failed = new List<Exception>();
        foreach (var organisationId in await PaymentStore.ListWaitingAsync(connection, cancellation))
            await TryAsync(failed, () => MakeBatchesAsync(organisationId, cancellation));
        foreach (var batchId in await PaymentStore.ListUnsentAsync(connection, cancellation))
            await TryAsync(failed, () => SendAsync(connection, batchId, cancellation));
        await foreach (var report in partner.CollectAsync(cancellation))
            await TryAsync(failed, () => BookAsync(connection, report, cancellation));
        return failed.Count == 0 ? true : throw new AggregateException(failed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!partner.TakesTransfers)
            return;
        using var timer = new PeriodicTimer(options.Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryRunOnceAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    private async Task TryRunOnceAsync(CancellationToken cancellation)
    {
        try
        {
            await RunOnceAsync(cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            WalletsLog.RoundFailed(logger, exception);
        }
    }

    private static async Task TryAsync(List<Exception> failed, Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception)
            when (exception is not OperationCanceledException && !DatabaseFailures.IsAway(exception))
        {
            failed.Add(exception);
        }
    }

    private async Task MakeBatchesAsync(OrganisationId organisationId, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(organisationId, cancellation);
        while (await TryMakeBatchAsync(organisation, cancellation)) { }
    }

    private async Task<bool> TryMakeBatchAsync(Organisation organisation, CancellationToken cancellation)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var batchId = ids.Next<PaymentBatchId>();
        var count = await PaymentStore.MakeBatchAsync(
            transaction.Connection,
            batchId,
            organisation.Id,
            time.GetUtcNow(),
            organisation.Today(time),
            cancellation
        );
        if (count == 0)
            return false;
        await transaction.CommitAsync();
        return true;
    }

    private async Task SendAsync(NpgsqlConnection connection, PaymentBatchId batchId, CancellationToken cancellation)
    {
        var batch = await PaymentStore.GetBatchAsync(connection, batchId, cancellation);
        await partner.SendAsync(batch, cancellation);
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        await PaymentStore.MarkSentAsync(transaction.Connection, batchId, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync();
    }

    private async Task BookAsync(NpgsqlConnection connection, PaymentReport report, CancellationToken cancellation)
    {
        var statuses = new List<(PaymentBatchId BatchId, TransferId TransferId, PaymentStatus Status)>();
        foreach (var ofBatch in report.Statuses.GroupBy(status => status.BatchId))
        {
            var known = await PaymentStore.ListTransfersAsync(connection, ofBatch.Key, cancellation);
            var unknown = ofBatch.FirstOrDefault(status =>
                known.Count == 0 || status.TransferId is { } id && !known.Contains(id)
            );
            if (unknown is not null)
            {
                var transfer = unknown.TransferId is { } id ? $"transfer {TransferReference.Of(id)}" : "transfers";
                await report.CloseAsync(
                    $"The batch {PaymentBatch.MessageIdOf(ofBatch.Key)} has no {transfer}; nothing was booked."
                );
                return;
            }

            statuses.AddRange(
                ofBatch.SelectMany(
                    status => status.TransferId is { } one ? [one] : known,
                    (status, id) => (ofBatch.Key, id, status)
                )
            );
        }

        foreach (var (batchId, transferId, status) in statuses)
            await BookAsync(batchId, transferId, status, cancellation);
        await report.CloseAsync(null);
    }

    private async Task BookAsync(
        PaymentBatchId batchId,
        TransferId transferId,
        PaymentStatus status,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var stored =
            await TransferStore.LockInBatchAsync(connection, batchId, transferId, cancellation)
            ?? throw new InvalidOperationException($"Transfer {transferId} has left batch {batchId}.");
        if (TransferRules.Contradicts(stored.Status, status.Status))
            WalletsLog.LateContradiction(logger, transferId, stored.Status, status.Status);
        if (TransferRules.EndOf(stored.Status, status.Status) is not { } end)
            return;
        var organisation = await organisations.GetAsync(stored.Transfer.OrganisationId, cancellation);
        await changes.EndAsync(
            connection,
            stored,
            end,
            status.Reason,
            time.GetUtcNow(),
            organisation.Today(time),
            cancellation
        );
        await transaction.CommitAsync();
    }
}

using Npgsql;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Writes;

/// <summary>
/// Deletes idempotency keys and events of the outbox after 30 days, in small batches that delay no request. Several
/// servers may do it at once.
/// </summary>
public sealed class ExpiryUpkeep(NpgsqlDataSource database, TimeProvider time, ILogger<ExpiryUpkeep> logger)
    : BackgroundService
{
    /// <summary>How long a key or an event is kept. The contract has this limit for keys.</summary>
    public const int DaysKept = 30;

    private const int BatchSize = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Deletes all keys and events that are due.</summary>
    /// <returns>The number of deleted keys and events.</returns>
    public async Task<(long Keys, long Events)> RunOnceAsync(CancellationToken cancellation)
    {
        var before = time.GetUtcNow().AddDays(-DaysKept);
        return (
            await DeleteAllAsync(() => IdempotencyKeys.DeleteAsync(database, before, BatchSize, cancellation)),
            await DeleteAllAsync(() => OutboxStore.DeleteAsync(database, before, BatchSize, cancellation))
        );
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, time, stoppingToken);
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (DatabaseFailures.IsAway(exception) || exception is NpgsqlException)
            {
                WritesLog.UpkeepFailed(logger, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<long> DeleteAllAsync(Func<Task<int>> deleteSome)
    {
        var (total, deleted) = (0L, BatchSize);
        while (deleted == BatchSize)
        {
            deleted = await deleteSome();
            total += deleted;
        }

        return total;
    }
}

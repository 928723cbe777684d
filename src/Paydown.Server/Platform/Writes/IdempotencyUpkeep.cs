using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Writes;

/// <summary>
/// Deletes idempotency keys after 30 days, in small batches that delay no request. Several servers may do it at once.
/// </summary>
public sealed class IdempotencyUpkeep(NpgsqlDataSource database, TimeProvider time, ILogger<IdempotencyUpkeep> logger)
    : BackgroundService
{
    /// <summary>How long a key is kept; the contract has this limit.</summary>
    public const int DaysKept = 30;

    private const int BatchSize = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Deletes all keys that are due.</summary>
    /// <returns>The number of deleted keys.</returns>
    public async Task<long> RunOnceAsync(CancellationToken cancellation)
    {
        var total = 0L;
        while (true)
        {
            var before = time.GetUtcNow().AddDays(-DaysKept);
            var deleted = await IdempotencyKeys.DeleteAsync(database, before, BatchSize, cancellation);
            total += deleted;
            if (deleted < BatchSize)
                return total;
        }
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
}

using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Idempotency;

/// <summary>
/// Forgets idempotency keys after 30 days, bit by bit, so that nobody waits for it. Several servers may do it at once.
/// </summary>
public sealed class IdempotencyUpkeep(NpgsqlDataSource database, TimeProvider time, ILogger<IdempotencyUpkeep> logger)
    : BackgroundService
{
    /// <summary>How long a key is remembered.</summary>
    public const int DaysKept = 30;

    private const int BatchSize = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private const string ForgetBatch = """
        delete from idempotency_record
        where ctid = any(array(
          select ctid from idempotency_record where recorded_at < $1 limit $2 for update skip locked))
        """;

    /// <summary>Forgets all that is due now.</summary>
    /// <returns>How many keys were forgotten.</returns>
    public async Task<long> RunOnceAsync(CancellationToken cancellation)
    {
        var total = 0L;
        while (true)
        {
            var forgotten = await WriteTransaction.RunAsync(
                database,
                ForgetBatch,
                cancellation,
                time.GetUtcNow().AddDays(-DaysKept),
                BatchSize
            );
            total += forgotten;
            if (forgotten < BatchSize)
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
            catch (Exception e) when (DatabaseFailures.IsAway(e) || e is NpgsqlException)
            {
                IdempotencyLog.UpkeepFailed(logger, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}

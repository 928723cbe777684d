using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Outbox;

/// <summary>
/// Creates the partitions of the outbox for the coming months. The migration created the current one; if no server ran
/// for months, the events of the current month go to the default partition. Several servers may do it at once.
/// </summary>
public sealed class OutboxUpkeep(NpgsqlDataSource database, TimeProvider time, ILogger<OutboxUpkeep> logger)
    : BackgroundService
{
    /// <summary>The number of months after the current one that have a partition.</summary>
    public const int MonthsAhead = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Creates the partitions that are missing.</summary>
    public Task RunOnceAsync(CancellationToken cancellation) =>
        WriteTransaction.RunAsync(
            database,
            "select add_outbox_months($1, 1, $2)",
            cancellation,
            Sql.Value(time.GetUtcNow()),
            Sql.Value(MonthsAhead)
        );

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (DatabaseFailures.IsAway(exception) || exception is NpgsqlException)
            {
                OutboxLog.UpkeepFailed(logger, exception);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

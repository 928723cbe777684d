using Npgsql;
using Paydown.Server.Platform;

namespace Paydown.Server.Webhooks;

/// <summary>Deletes deliveries that ended a month ago, with their attempts.</summary>
public sealed class WebhookUpkeep(NpgsqlDataSource database, TimeProvider time, ILogger<WebhookUpkeep> logger)
    : BackgroundService
{
    /// <summary>How long an ended delivery is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int DeletedMax = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Deletes some of them.</summary>
    /// <returns>The number of deleted deliveries.</returns>
    public Task<int> RunOnceAsync(CancellationToken cancellation) =>
        DeliveryStore.DeleteEndedAsync(database, time.GetUtcNow() - KeptFor, DeletedMax, cancellation);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        WorkLoop.RunAsync(
            async token => await RunOnceAsync(token) == DeletedMax,
            Pause,
            Pause,
            time,
            exception => WebhooksLog.UpkeepFailed(logger, exception),
            stoppingToken
        );
}

using Npgsql;
using Paydown.Server.Notices;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Webhooks;

/// <summary>
/// Gives each awaited event of the outbox a delivery per endpoint that wants it, and a notice if the customer is to
/// hear of it. Any number of workers may run it; one at a time has the turn.
/// </summary>
public sealed class EventFanOut(
    NpgsqlDataSource database,
    NoticeWriter notices,
    TimeProvider time,
    ILogger<EventFanOut> logger
) : BackgroundService
{
    /// <summary>The maximum number of events in one transaction.</summary>
    public const int EventsMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(500);

    /// <summary>Fans out up to <see cref="EventsMax"/> events.</summary>
    /// <returns>The number of events; null if another worker has the turn.</returns>
    public async Task<int?> RunOnceAsync(CancellationToken cancellation)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var taken = await OutboxStore.TakeAwaitedAsync(transaction.Connection, EventsMax, cancellation);
        if (taken is null or { Count: 0 })
            return taken?.Count;
        var now = ActionContext.InstantOf(time);
        await DeliveryStore.AddAsync(transaction.Connection, taken, now, cancellation);
        await notices.WriteAsync(transaction.Connection, taken, now, cancellation);
        await transaction.CommitAsync();
        return taken.Count;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        WorkLoop.RunAsync(
            async token => await RunOnceAsync(token) > 0,
            Pause,
            PauseMax,
            time,
            exception => WebhooksLog.FanOutFailed(logger, exception),
            stoppingToken
        );
}

using System.Diagnostics.Metrics;
using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Notices;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Telemetry;
using Paydown.Server.Webhooks;

namespace Paydown.Server.Auditing;

/// <summary>
/// Measures what only the database knows. It reads these figures regularly, because an instrument that is observed
/// cannot wait for a database. It runs only if something is measured.
/// </summary>
public sealed class BookInstruments : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly NpgsqlDataSource db;
    private readonly TimeProvider time;
    private AuditRun? last;
    private long? awaiting;
    private DeliveryBacklog? backlog;
    private long? notices;

    /// <summary>Creates the instruments.</summary>
    public BookInstruments(NpgsqlDataSource db, TimeProvider time, IMeterFactory meters)
    {
        (this.db, this.time) = (db, time);
        var meter = meters.Create(Instruments.MeterName);
        meter.CreateObservableGauge<long>(
            "paydown.outbox.awaiting",
            () => awaiting is { } count ? [new(count)] : [],
            "{event}",
            "Events that endpoints await and that were not handed to them yet."
        );
        meter.CreateObservableGauge<long>(
            "paydown.webhook.deliveries",
            () =>
                backlog is { } found
                    ? [Of(DeliveryState.Pending, found.PendingCount), Of(DeliveryState.Dead, found.DeadCount)]
                    : [],
            "{delivery}",
            "Deliveries that are due or await a retry, and those that were given up."
        );
        meter.CreateObservableGauge<long>(
            "paydown.webhook.lag",
            () => backlog is { } found ? [new((long)found.LagAt(time.GetUtcNow()).TotalSeconds)] : [],
            "s",
            "Age of the oldest delivery to a working endpoint that was not accepted yet."
        );
        meter.CreateObservableGauge<long>(
            "paydown.notices.pending",
            () => notices is { } count ? [new(count)] : [],
            "{notice}",
            "E-mails that were not sent yet."
        );
        meter.CreateObservableGauge(
            "paydown.audit.breaches",
            () => Of(run => (long)run.BreachCount),
            "{breach}",
            "Breaches that the last paydown audit found."
        );
        meter.CreateObservableGauge(
            "paydown.audit.age",
            () => Of(run => (long)(time.GetUtcNow() - run.EndedAt).TotalSeconds),
            "s",
            "Time since the last paydown audit ended."
        );
    }

    /// <summary>Reads the figures once.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        last = await AuditRunStore.FindLastAsync(db, cancellation);
        awaiting = await OutboxStore.CountAwaitedAsync(db, cancellation);
        backlog = await DeliveryLog.FindBacklogAsync(db, cancellation);
        notices = await NoticeStore.CountPendingAsync(db, cancellation);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (DatabaseFailures.IsAway(exception) || exception is NpgsqlException)
            {
                // The figures stay as they are; requests meet the same failure and log it.
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Measurement<long> Of(DeliveryState state, long count) =>
        new(count, new KeyValuePair<string, object?>("state", Words.Write(state)));

    // Without an audit there is no figure, rather than 0 breaches.
    private IEnumerable<Measurement<long>> Of(Func<AuditRun, long> figure) =>
        last is { } run ? [new Measurement<long>(figure(run))] : [];
}

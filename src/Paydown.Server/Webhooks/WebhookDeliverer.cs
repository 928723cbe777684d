using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using Paydown.Server.Events;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Webhooks;

/// <summary>
/// Delivers events to webhook endpoints. It leases deliveries that are due, sends them outside any transaction, and
/// stores the results. If a worker dies, its leases end and others take over, so an event is delivered at least once.
/// Events with the same ordering key are sent one after another.
/// </summary>
public sealed class WebhookDeliverer(
    NpgsqlDataSource database,
    WebhookSender sender,
    TimeProvider time,
    ILogger<WebhookDeliverer> logger
) : BackgroundService
{
    /// <summary>The maximum number of requests to one endpoint at the same time, per worker.</summary>
    public const int RequestsMax = 4;

    private const int LeasedMax = 64;
    private const int EndpointsMax = 64;

    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    // A delivery that is not begun by then goes back: its attempt must end before the lease does.
    private static readonly TimeSpan BeginMax = LeaseTime - WebhookSender.AttemptMax - TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<WebhookId, Task> running = new();

    /// <summary>
    /// Leases what is due and starts to send it. Endpoints that this worker is still sending to are left out.
    /// </summary>
    /// <returns>The number of leased deliveries.</returns>
    public async Task<int> StartDueAsync(CancellationToken cancellation)
    {
        if (running.Count >= EndpointsMax)
            return 0;
        var began = time.GetTimestamp();
        var leased = await LeaseAsync(cancellation);
        foreach (var deliveries in leased.GroupBy(delivery => delivery.EndpointId))
        {
            var work = DeliverAsync([.. deliveries.OrderBy(one => one.Number)], began, cancellation);
            running[deliveries.Key] = work;
            _ = work.ContinueWith(
                _ => running.TryRemove(deliveries.Key, out Task? _),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }

        return leased.Count;
    }

    /// <summary>Returns when everything that was started has ended.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(running.Values);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WorkLoop.RunAsync(
            async token => await StartDueAsync(token) > 0,
            Pause,
            PauseMax,
            time,
            exception => WebhooksLog.DeliveryFailed(logger, exception),
            stoppingToken
        );
        await WhenIdleAsync();
    }

    private async Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(CancellationToken cancellation)
    {
        var now = ActionContext.InstantOf(time);
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var leased = await DeliveryStore.LeaseAsync(
            transaction.Connection,
            now,
            now + LeaseTime,
            LeasedMax,
            [.. running.Keys],
            cancellation
        );
        if (leased.Count > 0)
            await transaction.CommitAsync();
        return leased;
    }

    // Never throws: what fails is logged, and the leases end by themselves.
    private async Task DeliverAsync(IReadOnlyList<LeasedDelivery> deliveries, long began, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            var bodies = await ReadBodiesAsync(deliveries, stop);
            var results = Channel.CreateUnbounded<DeliveryResult>();
            var storing = StoreAsync(deliveries[0].EndpointId, results.Reader);
            try
            {
                await Parallel.ForEachAsync(
                    deliveries,
                    new ParallelOptions { MaxDegreeOfParallelism = RequestsMax },
                    async (delivery, _) =>
                        results.Writer.TryWrite(new(delivery, await TrySendAsync(delivery, bodies, began, stop)))
                );
            }
            finally
            {
                results.Writer.Complete();
            }

            await storing;
        }
#pragma warning disable CA1031 // The worker must survive whatever fails.
        catch (Exception exception)
        {
            if (!stop.IsCancellationRequested)
                WebhooksLog.DeliveryFailed(logger, exception);
        }
#pragma warning restore CA1031
    }

    // Null if it was not sent: too late, or the worker is stopping.
    private async Task<DeliveryAttempt?> TrySendAsync(
        LeasedDelivery delivery,
        Dictionary<long, byte[]> bodies,
        long began,
        CancellationToken stop
    )
    {
        if (stop.IsCancellationRequested || time.GetElapsedTime(began) > BeginMax)
            return null;
        var body = delivery.Sequence is { } sequence
            ? bodies.GetValueOrDefault(sequence)
            : EventBody.OfTest(delivery.EndpointId, delivery.CreatedAt);
        if (body is null)
            return new DeliveryAttempt(ActionContext.InstantOf(time), 0, null, "The event is no longer stored.", null);
        try
        {
            return await sender.SendAsync(
                new WebhookMessage(delivery.Url, EventIdOf(delivery), body, delivery.Secrets),
                stop
            );
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<Dictionary<long, byte[]>> ReadBodiesAsync(
        IReadOnlyList<LeasedDelivery> deliveries,
        CancellationToken cancellation
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var events = await EventStore.GetAsync(
            connection,
            deliveries[0].OrganisationId,
            [.. deliveries.Select(one => one.Sequence).OfType<long>()],
            cancellation
        );
        return events.ToDictionary(one => one.Sequence, EventBody.Write);
    }

    // Stores results as they come, together if several have come.
    private async Task StoreAsync(WebhookId endpointId, ChannelReader<DeliveryResult> results)
    {
        while (await results.WaitToReadAsync())
        {
            List<DeliveryResult> come = [];
            while (results.TryRead(out var result))
                come.Add(result);
            await StoreAsync(endpointId, come);
        }
    }

    private async Task StoreAsync(WebhookId endpointId, IReadOnlyList<DeliveryResult> results)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, CancellationToken.None);
        var before = await WebhookStore.LockHealthAsync(transaction.Connection, endpointId, CancellationToken.None);
        if (before is null)
            return;
        var batch = new NpgsqlBatch(transaction.Connection);
        var after = before;
        List<Action> logged = [];
        foreach (var (delivery, attempt) in results)
        {
            if (attempt is null)
                continue;
            var (state, dueAt) = NextOf(delivery, attempt);
            DeliveryStore.AddResultTo(batch, delivery, attempt, state, dueAt);
            if (Counts(delivery, attempt, after))
                after = after.After(attempt);
            if (state == DeliveryState.Dead)
                logged.Add(() => WebhooksLog.DeliveryDead(logger, EventIdOf(delivery), endpointId));
        }

        var unsent = results.Where(result => result.Attempt is null).Select(result => result.Delivery.Number).ToList();
        if (unsent.Count > 0)
            DeliveryStore.AddReleaseTo(batch, unsent);
        if (after != before)
            WebhookStore.AddHealthTo(batch, endpointId, after);
        await transaction.CommitAsync(batch);
        if (after.State == WebhookState.Disabled && before.State != WebhookState.Disabled)
            WebhooksLog.EndpointDisabled(logger, endpointId);
        logged.ForEach(log => log());
    }

    // A replay says nothing about the health of an endpoint, but a first success shows that it works.
    private static bool Counts(LeasedDelivery delivery, DeliveryAttempt attempt, EndpointHealth health) =>
        !delivery.IsReplay || (health.State == WebhookState.New && attempt.Outcome == DeliveryOutcome.Accepted);

    private static (DeliveryState State, DateTimeOffset DueAt) NextOf(LeasedDelivery delivery, DeliveryAttempt attempt)
    {
        if (attempt.Outcome == DeliveryOutcome.Accepted)
            return (DeliveryState.Delivered, attempt.At);
        if (attempt.Outcome == DeliveryOutcome.Gone || delivery.IsReplay)
            return (DeliveryState.Dead, attempt.At);
        return RetrySchedule.PauseAfter(delivery.Attempts + 1, attempt.RetryAfter) is { } pause
            ? (DeliveryState.Pending, attempt.At + pause)
            : (DeliveryState.Dead, attempt.At);
    }

    private static string EventIdOf(LeasedDelivery delivery) => EventBody.IdOf(delivery.Sequence, delivery.SubjectId);

    private readonly record struct DeliveryResult(LeasedDelivery Delivery, DeliveryAttempt? Attempt);
}

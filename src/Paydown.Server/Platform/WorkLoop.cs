namespace Paydown.Server.Platform;

/// <summary>Repeats a step of background work until it is stopped.</summary>
public static class WorkLoop
{
    // After a failure, which is usually a database that is away.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Runs the step again and again; a failure is reported and does not end the loop.</summary>
    /// <param name="step">The step. It returns true if there is more to do at once.</param>
    /// <param name="pause">The pause if there is not. It doubles while there is nothing to do.</param>
    /// <param name="pauseMax">The longest pause.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onFailure">Receives a failure.</param>
    /// <param name="stop">Ends the loop.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task<bool>> step,
        TimeSpan pause,
        TimeSpan pauseMax,
        TimeProvider time,
        Action<Exception> onFailure,
        CancellationToken stop
    )
    {
        // The host waits for the first part of a background service; nothing here needs to run before it has started.
        await Task.Yield();
        var next = pause;
        while (!stop.IsCancellationRequested)
        {
            var wait = next;
            try
            {
                if (await step(stop))
                {
                    next = pause;
                    continue;
                }

                next = next * 2 < pauseMax ? next * 2 : pauseMax;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop must survive whatever fails.
            catch (Exception exception)
            {
                onFailure(exception);
                wait = PauseAfterFailure;
            }
#pragma warning restore CA1031

            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

using Npgsql;
using Paydown.Lending;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Idempotency;

/// <summary>
/// A group writer for changes of loans. A loan that something else holds holds up no other: its requests are left out
/// of their group and ask again, until they are refused.
/// </summary>
/// <typeparam name="TRequest">What waits.</typeparam>
public sealed class GroupedWrites<TRequest> : IAsyncDisposable
{
    /// <summary>
    /// The first statement of a group's transaction; it answers one row. A group waits for a held loan no longer than
    /// this, and should the server vanish in the middle of it, its loans are free again soon. Its statements reach rows
    /// by key alone, so one plan fits arrays of any length: to plan them anew takes longer than to run them.
    /// </summary>
    public const string LimitWait =
        """
        select set_config('lock_timeout', '100ms', true),
               set_config('idle_in_transaction_session_timeout', '15s', true),
               set_config('plan_cache_mode', 'force_generic_plan', true),
               set_config('enable_seqscan', 'off', true),
               set_config('enable_hashjoin', 'off', true),
               set_config('enable_mergejoin', 'off', true)
        """;

    /// <summary>The reading of a group may take that long, and the writing too.</summary>
    public const int StepSecondsMax = 3;

    private static readonly TimeSpan HeldMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HeldPause = TimeSpan.FromMilliseconds(20);

    // After one held loan was met, the groups of so long do not wait for any.
    private static readonly TimeSpan HeldMemory = TimeSpan.FromSeconds(1);

    private readonly Func<IReadOnlyList<TRequest>, bool, Task<IReadOnlyList<Answer?>>> runGroup;
    private readonly TimeProvider time;
    private readonly GroupWriter<TRequest, Answer?> writer;
    private long heldMetAt;

    /// <summary>Starts to take requests.</summary>
    /// <param name="runGroup">
    /// Answers a group in order, and commits. Where it is told to skip held loans, their requests get null.
    /// </param>
    /// <param name="sizeMax">Most requests in one group.</param>
    /// <param name="waitingMax">Most requests that may wait; one more is refused.</param>
    /// <param name="time">The clock.</param>
    public GroupedWrites(
        Func<IReadOnlyList<TRequest>, bool, Task<IReadOnlyList<Answer?>>> runGroup, int sizeMax, int waitingMax,
        TimeProvider time)
    {
        (this.runGroup, this.time) = (runGroup, time);
        writer = new GroupWriter<TRequest, Answer?>(RunGroupAsync, sizeMax, waitingMax);
    }

    /// <summary>Waits for the request's group and its commit.</summary>
    public async ValueTask<Answer> SubmitAsync(TRequest request, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var answer = await writer.SubmitAsync(request, cancellation);
            if (answer.IsRefused) return Answer.Refused(answer.Refusal);
            if (answer.Value.Answer is { } decided) return decided;
            if (time.GetElapsedTime(since) > HeldMax)
            {
                return Answer.Refused(Refusals.ServiceUnavailable(
                    "Another change holds this loan; nothing was done. Try again."));
            }

            await Task.Delay(HeldPause, time, cancellation);
        }
    }

    /// <summary>Finishes what waits.</summary>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(IReadOnlyList<TRequest> group)
    {
        if (heldMetAt != 0 && time.GetElapsedTime(heldMetAt) < HeldMemory) return await runGroup(group, true);
        try
        {
            return await runGroup(group, false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            heldMetAt = time.GetTimestamp();
            return await runGroup(group, true);
        }
    }
}

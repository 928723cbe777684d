using System.Diagnostics;
using System.Threading.Channels;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Writes;

/// <summary>
/// Queues requests and runs them in groups, which share one round trip or one commit. Each
/// request gets its own result. A single request runs at once and on its own thread. The states of a group and the
/// invariants are in README.md beside this file.
/// </summary>
/// <typeparam name="TRequest">A request.</typeparam>
/// <typeparam name="TResult">The result of one request.</typeparam>
public sealed class GroupQueue<TRequest, TResult> : IAsyncDisposable
    where TResult : notnull
{
    // One thread completes this many requests in sequence: waking a thread for each costs more than it saves.
    private const int CompletedTogether = 16;

    // How often a slow group refuses queued requests. They have waited for seconds, so this delay does not matter.
    private static readonly TimeSpan SlowCheckInterval = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Queued> queue;
    private readonly Func<IReadOnlyList<TRequest>, GroupTurn, Task<IReadOnlyList<TResult>>> runGroup;
    private readonly int groupSizeMax;
    private readonly int parallelGroupSizeMin;
    private readonly TaskCompletionSource hasEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards everything below, and the state of each turn.
    private readonly Lock gate = new();

    // The group that runs in each lane; null if the lane is idle.
    private readonly GroupTurn?[] lanes;
    private bool isAdvancing;
    private bool isClosing;

    /// <summary>Creates a queue, ready for requests.</summary>
    /// <param name="runGroup">
    /// Returns the results of a group in the order of its requests, once all of it is committed. Throws if nothing is.
    /// It may hand its turn over before it returns.
    /// </param>
    /// <param name="groupSizeMax">The maximum number of requests in a group.</param>
    /// <param name="queueMax">The maximum number of queued requests; further ones are refused.</param>
    /// <param name="laneCount">The maximum number of groups that run at the same time.</param>
    /// <param name="parallelGroupSizeMin">
    /// The number of queued requests that starts a group beside one that still runs.
    /// </param>
    public GroupQueue(
        Func<IReadOnlyList<TRequest>, GroupTurn, Task<IReadOnlyList<TResult>>> runGroup,
        int groupSizeMax,
        int queueMax,
        int laneCount = 1,
        int parallelGroupSizeMin = 1
    )
    {
        (this.runGroup, this.groupSizeMax, this.parallelGroupSizeMin) = (runGroup, groupSizeMax, parallelGroupSizeMin);
        queue = Channel.CreateBounded<Queued>(new BoundedChannelOptions(queueMax));
        lanes = new GroupTurn?[laneCount];
    }

    /// <summary>
    /// Returns the request's result once its group is committed, or a refusal if the request was not run.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Has an effect until the request's group begins.</param>
    /// <exception cref="OperationCanceledException">Cancelled while still queued; nothing was done.</exception>
    public Task<Result<TResult>> SubmitAsync(TRequest request, CancellationToken cancellation)
    {
        var queued = new Queued(request, cancellation);
        if (!queue.Writer.TryWrite(queued))
        {
            return Task.FromResult<Result<TResult>>(
                Refusals.ServiceUnavailable("Too many requests are queued; nothing was done. Try again.")
            );
        }

        Advance();
        return queued.Task;
    }

    /// <summary>Accepts no more requests, and returns when all queued ones have run.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        lock (gate)
            isClosing = true;
        Advance();
        await hasEnded.Task;
    }

    // Starts the groups that may begin now, on the thread of the request that was queued or the group that handed over
    // or ended. One thread does so at a time; it also sees what others queue while it is busy.
    private void Advance()
    {
        lock (gate)
        {
            if (isAdvancing)
                return;
            isAdvancing = true;
        }

        while (TakeTurn() is var (group, turn))
            Start(group, turn);
    }

    private (List<Queued> Group, GroupTurn Turn)? TakeTurn()
    {
        lock (gate)
        {
            if (MayBegin() && TakeGroup() is { Count: > 0 } group)
            {
                // The first idle lane: single requests then always use the same connection, with warm caches.
                var lane = Array.IndexOf(lanes, null);
                lanes[lane] = new GroupTurn(lane, HandOver);
                CheckOneIsDeciding();
                return (group, lanes[lane]!);
            }

            isAdvancing = false;
            if (isClosing && Array.TrueForAll(lanes, turn => turn is null))
                hasEnded.TrySetResult();
            return null;
        }
    }

    // A second group begins beside a running one if enough requests are queued, or if the running one is slow.
    private bool MayBegin()
    {
        var (running, isAnySlow) = (0, false);
        foreach (var turn in lanes)
        {
            if (turn is null)
                continue;
            if (turn.Phase == GroupPhase.Deciding)
                return false;
            running++;
            isAnySlow |= turn.IsSlow;
        }

        return running == 0 || (running < lanes.Length && (isAnySlow || queue.Reader.Count >= parallelGroupSizeMin));
    }

    private List<Queued> TakeGroup()
    {
        var group = new List<Queued>();
        while (group.Count < groupSizeMax && queue.Reader.TryRead(out var queued))
        {
            if (!queued.TryCancel())
                group.Add(queued);
        }

        return group;
    }

    // A group must not run in the execution context of the request that started it, since it also runs others.
    private void Start(List<Queued> group, GroupTurn turn)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            _ = RunAsync(group, turn);
            return;
        }

        using (ExecutionContext.SuppressFlow())
            _ = RunAsync(group, turn);
    }

    private async Task RunAsync(List<Queued> group, GroupTurn turn)
    {
        var run = RunGroupAsync(group, turn);
        if (!await EndsInTimeAsync(run))
            await WaitForSlowAsync(run, group, turn);
        // Before the results, so a caller that sends its next request at once finds the same lane idle.
        FreeLane(turn);
        if (await run)
            Complete(group);
        Advance();
    }

    private void HandOver(GroupTurn turn)
    {
        lock (gate)
        {
            if (turn.Phase != GroupPhase.Deciding)
                return;
            Invariant.Holds(lanes[turn.Lane] == turn);
            turn.Phase = GroupPhase.Writing;
        }

        Advance();
    }

    private void FreeLane(GroupTurn turn)
    {
        lock (gate)
        {
            Invariant.Holds(lanes[turn.Lane] == turn && turn.Phase != GroupPhase.Ended);
            turn.Phase = GroupPhase.Ended;
            lanes[turn.Lane] = null;
        }
    }

    private void CheckOneIsDeciding()
    {
        var deciding = 0;
        foreach (var turn in lanes)
            deciding += turn?.Phase == GroupPhase.Deciding ? 1 : 0;
        Invariant.Holds(deciding == 1);
    }

    private static async ValueTask<bool> EndsInTimeAsync(Task run)
    {
        try
        {
            await run.WaitAsync(GroupTimes.SlowAfter);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WaitForSlowAsync(Task run, List<Queued> group, GroupTurn turn)
    {
        var since = Stopwatch.GetTimestamp();
        lock (gate)
            turn.IsSlow = true;
        Advance();
        while (!run.IsCompleted)
        {
            while (IsStuck() && queue.Reader.TryRead(out var queued))
                queued.Refuse();
            if (Stopwatch.GetElapsedTime(since) > GroupTimes.RunMax - GroupTimes.SlowAfter)
                Fail(group, new SlowStatementException((int)GroupTimes.RunMax.TotalSeconds));
            await Task.WhenAny(run, Task.Delay(SlowCheckInterval));
        }
    }

    // True if no group can begin until a slow one ends. Queued requests would wait for it, only to meet the same slow
    // database.
    private bool IsStuck()
    {
        lock (gate)
        {
            return Array.TrueForAll(lanes, turn => turn is { IsSlow: true })
                || Array.Exists(lanes, turn => turn is { IsSlow: true, Phase: GroupPhase.Deciding });
        }
    }

    // True if the group was decided as a whole, and its requests are still to be completed. A group that fails runs
    // again request by request, so a request that cannot be run harms no other.
    private async Task<bool> RunGroupAsync(List<Queued> group, GroupTurn turn)
    {
        if (await TryDecideAsync(group, turn) is not { } exception)
            return true;
        // If the database is away, requests one by one would only fail more slowly.
        if (group.Count == 1 || DatabaseFailures.IsAway(exception))
        {
            Fail(group, exception);
            return false;
        }

        for (var i = 0; i < group.Count; i++)
        {
            if (await TryDecideAsync([group[i]], turn) is not { } own)
            {
                Complete([group[i]]);
                continue;
            }

            group[i].Fail(own);
            if (!DatabaseFailures.IsAway(own))
                continue;
            Fail(group.Skip(i + 1), own);
            break;
        }

        return false;
    }

    // The exception with which the group failed; null if all of it was decided and committed.
    private async Task<Exception?> TryDecideAsync(List<Queued> group, GroupTurn turn)
    {
        try
        {
            var results = await runGroup(group.ConvertAll(queued => queued.Request), turn);
            Invariant.Holds(results.Count == group.Count);
            for (var i = 0; i < group.Count; i++)
                group[i].Decide(results[i]);
            return null;
        }
#pragma warning disable CA1031 // The exception is handed to the requests of the group.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    // A single request is completed on this thread; many are completed while the next group runs.
    private void Complete(List<Queued> group)
    {
        if (group.Count == 1 && !queue.Reader.TryPeek(out _))
        {
            group[0].Complete();
            return;
        }

        for (var first = 0; first < group.Count; first += CompletedTogether)
        {
            var part = group.GetRange(first, Math.Min(CompletedTogether, group.Count - first));
            ThreadPool.UnsafeQueueUserWorkItem(static part => part.ForEach(queued => queued.Complete()), part, false);
        }
    }

    private static void Fail(IEnumerable<Queued> group, Exception exception)
    {
        foreach (var queued in group)
            queued.Fail(exception);
    }

    // A request and its outcome. The first outcome counts: a request that has failed because its group is slow stays
    // failed when the group ends.
    private sealed class Queued(TRequest request, CancellationToken cancellation)
        : TaskCompletionSource<Result<TResult>>
    {
        private Result<TResult> decided;

        public TRequest Request => request;

        private CancellationToken Cancellation => cancellation;

        public bool TryCancel()
        {
            if (!cancellation.IsCancellationRequested)
                return false;
            ThreadPool.UnsafeQueueUserWorkItem(
                static queued => queued.TrySetCanceled(queued.Cancellation),
                this,
                false
            );
            return true;
        }

        public void Decide(TResult result) => decided = result;

        // Runs the rest of the request, too, on this thread.
        public void Complete() => TrySetResult(decided);

        // Failures are rare, and handling one can take long.
        public void Fail(Exception exception) =>
            ThreadPool.UnsafeQueueUserWorkItem(
                static failed => failed.Queued.TrySetException(failed.Exception),
                (Queued: this, Exception: exception),
                false
            );

        public void Refuse() =>
            ThreadPool.UnsafeQueueUserWorkItem(
                static queued =>
                    queued.TrySetResult(
                        Refusals.ServiceUnavailable("The database is slow; nothing was done. Try again.")
                    ),
                this,
                false
            );
    }
}

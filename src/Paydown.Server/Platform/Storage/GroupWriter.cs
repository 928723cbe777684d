using System.Diagnostics;
using System.Threading.Channels;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Runs what waits at the same moment as one group: one transaction and one fsync for all of them, while each request
/// keeps its own decision and answer. A request that comes alone does not wait, and no other thread is woken to run or
/// answer it. Groups take turns: one is read and decided after the other, and while it is written the next one begins.
/// A group that fails is run again one by one, so that a bad request hurts nobody else. Behind a group that meets a
/// slow database nobody waits for long: what has not begun is refused, nothing was done.
/// </summary>
/// <typeparam name="TRequest">What waits.</typeparam>
/// <typeparam name="TAnswer">What each is answered.</typeparam>
public sealed class GroupWriter<TRequest, TAnswer> : IAsyncDisposable
{
    /// <summary>The longest that a request waits before its own group begins.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The longest that a request waits for its group once it runs. Past it nobody knows yet what becomes of it.
    /// </summary>
    public static readonly TimeSpan RunMax = TimeSpan.FromSeconds(7);

    // So many answers are sent off by one thread, one after the other: to wake a thread for each would cost more.
    private const int AnswersTogether = 16;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Waiting> queue;
    private readonly Func<IReadOnlyList<TRequest>, GroupTurn, Task<IReadOnlyList<TAnswer>>> runGroup;
    private readonly int sizeMax;
    private readonly int laneCount;
    private readonly int parallelGroupSizeMin;
    private readonly TaskCompletionSource atRest = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards all below.
    private readonly Lock gate = new();
    private readonly Stack<int> idleLanes;
    private readonly HashSet<GroupTurn> slowTurns = [];
    private GroupTurn? current;
    private bool isAdvancing;
    private bool isClosing;

    /// <summary>Starts to take requests.</summary>
    /// <param name="runGroup">Answers a group in order; returns only when all of it is committed, and throws when
    /// nothing is. It may hand its turn over before.</param>
    /// <param name="sizeMax">Most requests in one group.</param>
    /// <param name="waitingMax">Most requests that may wait; one more is refused.</param>
    /// <param name="laneCount">Most groups under way at once.</param>
    /// <param name="parallelGroupSizeMin">So many must wait for a group to begin beside another.</param>
    public GroupWriter(
        Func<IReadOnlyList<TRequest>, GroupTurn, Task<IReadOnlyList<TAnswer>>> runGroup,
        int sizeMax,
        int waitingMax,
        int laneCount = 1,
        int parallelGroupSizeMin = 1
    )
    {
        (this.runGroup, this.sizeMax, this.laneCount, this.parallelGroupSizeMin) = (
            runGroup,
            sizeMax,
            laneCount,
            parallelGroupSizeMin
        );
        queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(waitingMax));
        // The first lane is the one that works alone.
        idleLanes = new Stack<int>(Enumerable.Range(0, laneCount).Reverse());
    }

    /// <summary>Waits for a group and its commit. Cancellation counts until the group starts, not after.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it still waited: nothing was done.</exception>
    public Task<Result<Answered>> SubmitAsync(TRequest request, CancellationToken cancellation)
    {
        var waiting = new Waiting(request, cancellation);
        if (!queue.Writer.TryWrite(waiting))
        {
            return Task.FromResult<Result<Answered>>(
                Refusals.ServiceUnavailable("Too many requests wait already; nothing was done. Try again.")
            );
        }

        Advance();
        return waiting.Task;
    }

    /// <summary>Takes no more, and finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        lock (gate)
            isClosing = true;
        Advance();
        await atRest.Task;
    }

    // Begins what can begin, on the thread of the request that came, or of the group that handed over or ended. One
    // thread at a time: what comes meanwhile is seen by its next look.
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

    private (List<Waiting> Group, GroupTurn Turn)? TakeTurn()
    {
        lock (gate)
        {
            if (MayBegin() && TakeGroup() is { Count: > 0 } group)
            {
                current = new GroupTurn(idleLanes.Pop(), EndTurn);
                return (group, current);
            }

            isAdvancing = false;
            if (isClosing && idleLanes.Count == laneCount)
                atRest.TrySetResult();
            return null;
        }
    }

    // A group serves others after the request that began it, so it must not take along what belongs to that one.
    private void Start(List<Waiting> group, GroupTurn turn)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            _ = RunAsync(group, turn);
            return;
        }

        using (ExecutionContext.SuppressFlow())
            _ = RunAsync(group, turn);
    }

    private async Task RunAsync(List<Waiting> group, GroupTurn turn)
    {
        var run = RunGroupAsync(group, turn);
        if (!await EndsInTimeAsync(run))
            await RefuseUntilAsync(run, group, turn);
        lock (gate)
        {
            idleLanes.Push(turn.Lane);
            if (current == turn)
                current = null;
        }

        // The lane is free before the answer is sent: who asks again at once shall meet the same one.
        if (await run)
            Answer(group);
        Advance();
    }

    private void EndTurn(GroupTurn turn)
    {
        lock (gate)
        {
            if (current != turn)
                return;
            current = null;
        }

        Advance();
    }

    // Beside a slow group nobody waits for others: it may take long to end.
    private bool MayBegin() =>
        current is null
        && idleLanes.Count > 0
        && (idleLanes.Count == laneCount || queue.Reader.Count >= parallelGroupSizeMin || slowTurns.Count > 0);

    private List<Waiting> TakeGroup()
    {
        var group = new List<Waiting>();
        while (group.Count < sizeMax && queue.Reader.TryRead(out var waiting))
        {
            if (!waiting.TryCancel())
                group.Add(waiting);
        }

        return group;
    }

    private static async ValueTask<bool> EndsInTimeAsync(Task run)
    {
        try
        {
            await run.WaitAsync(WaitMax);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task RefuseUntilAsync(Task run, List<Waiting> group, GroupTurn turn)
    {
        var since = Stopwatch.GetTimestamp();
        lock (gate)
            slowTurns.Add(turn);
        Advance();
        while (!run.IsCompleted)
        {
            while (IsStuck() && queue.Reader.TryRead(out var waiting))
                waiting.Refuse();
            if (Stopwatch.GetElapsedTime(since) > RunMax - WaitMax)
                Fail(group, new SlowStatementException((int)RunMax.TotalSeconds));
            await Task.WhenAny(run, Task.Delay(Round));
        }

        lock (gate)
            slowTurns.Remove(turn);
    }

    // Who waits then would wait for the slow groups, and meet the same database.
    private bool IsStuck()
    {
        lock (gate)
            return slowTurns.Count == laneCount || (current is not null && slowTurns.Contains(current));
    }

    // True where all were decided together, and wait for their answers.
    private async Task<bool> RunGroupAsync(List<Waiting> group, GroupTurn turn)
    {
        if (await FindFailureAsync(group, turn) is not { } exception)
            return true;
        // With the database away, one by one would only fail more slowly.
        if (group.Count == 1 || DatabaseFailures.IsAway(exception))
        {
            Fail(group, exception);
            return false;
        }

        for (var i = 0; i < group.Count; i++)
        {
            if (await FindFailureAsync([group[i]], turn) is not { } own)
            {
                Answer([group[i]]);
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

    private async Task<Exception?> FindFailureAsync(List<Waiting> group, GroupTurn turn)
    {
        try
        {
            var answers = await runGroup(group.ConvertAll(waiting => waiting.Request), turn);
            for (var i = 0; i < group.Count; i++)
                group[i].Decide(answers[i]);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    // Who was alone is answered on this thread; many are answered beside the next group.
    private void Answer(List<Waiting> group)
    {
        if (group.Count == 1 && !queue.Reader.TryPeek(out _))
        {
            group[0].Answer();
            return;
        }

        for (var first = 0; first < group.Count; first += AnswersTogether)
        {
            var part = group.GetRange(first, Math.Min(AnswersTogether, group.Count - first));
            ThreadPool.UnsafeQueueUserWorkItem(static part => part.ForEach(waiting => waiting.Answer()), part, false);
        }
    }

    private static void Fail(IEnumerable<Waiting> group, Exception exception)
    {
        foreach (var waiting in group)
            waiting.Fail(exception);
    }

    /// <summary>An answer of the group; a type of its own so that a refusal can stand in its place.</summary>
    public readonly record struct Answered(TAnswer Answer);

    private sealed class Waiting(TRequest request, CancellationToken cancellation)
        : TaskCompletionSource<Result<Answered>>
    {
        private Result<Answered> decided;

        public TRequest Request => request;

        private CancellationToken Cancellation => cancellation;

        /// <summary>True for one that does not wait any more; it is told on another thread.</summary>
        public bool TryCancel()
        {
            if (!cancellation.IsCancellationRequested)
                return false;
            ThreadPool.UnsafeQueueUserWorkItem(
                static waiting => waiting.TrySetCanceled(waiting.Cancellation),
                this,
                false
            );
            return true;
        }

        public void Decide(TAnswer answer) => decided = new Answered(answer);

        /// <summary>Runs what the request does with its answer, too.</summary>
        public void Answer() => TrySetResult(decided);

        // Failures are few, and each of them may take its time.
        public void Fail(Exception e) =>
            ThreadPool.UnsafeQueueUserWorkItem(static told => told.To.TrySetException(told.E), (To: this, E: e), false);

        public void Refuse() =>
            ThreadPool.UnsafeQueueUserWorkItem(
                static waiting =>
                    waiting.TrySetResult(
                        Refusals.ServiceUnavailable("The database is slow now; nothing was done. Try again.")
                    ),
                this,
                false
            );
    }
}

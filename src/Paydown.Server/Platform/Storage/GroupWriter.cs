using System.Diagnostics;
using System.Threading.Channels;
using Paydown.Lending;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Runs what waits at the same moment as one group: one transaction and one fsync for all of them, while each request
/// keeps its own decision and answer. A request that comes alone does not wait, and no other thread is woken to run or
/// answer it. A group that fails is run again one by one, so that a bad request hurts nobody else. Behind a group that
/// meets a slow database nobody waits for long: what has not begun is refused, nothing was done.
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
    private readonly Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> runGroup;
    private readonly int sizeMax;
    private readonly int loopCount;
    private readonly SemaphoreSlim idleLoops;
    private int slowLoops;

    /// <summary>Starts to take requests.</summary>
    /// <param name="runGroup">Answers a group in order; returns only when all of it is committed, and throws when
    /// nothing is.</param>
    /// <param name="sizeMax">Most requests in one group.</param>
    /// <param name="waitingMax">Most requests that may wait; one more is refused.</param>
    /// <param name="loopCount">Groups under way at once.</param>
    public GroupWriter(
        Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> runGroup, int sizeMax, int waitingMax,
        int loopCount = 1)
    {
        (this.runGroup, this.sizeMax, this.loopCount) = (runGroup, sizeMax, loopCount);
        queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(waitingMax));
        idleLoops = new SemaphoreSlim(loopCount);
    }

    /// <summary>Waits for a group and its commit. Cancellation counts until the group starts, not after.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it still waited: nothing was done.</exception>
    public Task<Result<Answered>> SubmitAsync(TRequest request, CancellationToken cancellation)
    {
        var waiting = new Waiting(request, cancellation);
        if (!queue.Writer.TryWrite(waiting))
        {
            return Task.FromResult<Result<Answered>>(
                Refusals.ServiceUnavailable("Too many requests wait already; nothing was done. Try again."));
        }

        if (idleLoops.Wait(0, CancellationToken.None)) StartLoop();
        return waiting.Task;
    }

    /// <summary>Takes no more, and finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        for (var i = 0; i < loopCount; i++) await idleLoops.WaitAsync();
        // What came as the last loop went to rest.
        await RunGroupsAsync();
        idleLoops.Release(loopCount);
    }

    // On the thread of the request that found all at rest. It serves others after that one, so it must not take along
    // what belongs to it.
    private void StartLoop()
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            _ = RunAsync();
            return;
        }

        using (ExecutionContext.SuppressFlow()) _ = RunAsync();
    }

    private async Task RunAsync()
    {
        do
        {
            await RunGroupsAsync();
            idleLoops.Release();
        }
        // What came between the last look and the release would wait for nobody.
        while (queue.Reader.TryPeek(out _) && idleLoops.Wait(0, CancellationToken.None));
    }

    private async Task RunGroupsAsync()
    {
        while (TakeGroup() is { Count: > 0 } group)
        {
            var run = RunGroupAsync(group);
            if (!await EndsInTimeAsync(run)) await RefuseUntilAsync(run, group);
        }
    }

    private List<Waiting> TakeGroup()
    {
        var group = new List<Waiting>();
        while (group.Count < sizeMax && queue.Reader.TryRead(out var waiting))
        {
            if (!waiting.TryCancel()) group.Add(waiting);
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

    // While all loops are stuck, who waits would wait for them and then meet the same database.
    private async Task RefuseUntilAsync(Task run, List<Waiting> group)
    {
        var since = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref slowLoops);
        while (!run.IsCompleted)
        {
            while (Volatile.Read(ref slowLoops) == loopCount && queue.Reader.TryRead(out var waiting))
                waiting.Refuse();
            if (Stopwatch.GetElapsedTime(since) > RunMax - WaitMax)
                Fail(group, new TimeoutException("The group has not ended in time."));
            await Task.WhenAny(run, Task.Delay(Round));
        }

        Interlocked.Decrement(ref slowLoops);
    }

    private async Task RunGroupAsync(List<Waiting> group)
    {
        if (await FindTroubleAsync(group) is not { } trouble) return;
        // With the database away, one by one would only fail more slowly.
        if (group.Count == 1 || DatabaseFailures.IsAway(trouble))
        {
            Fail(group, trouble);
            return;
        }

        for (var i = 0; i < group.Count; i++)
        {
            if (await FindTroubleAsync([group[i]]) is not { } own) continue;
            group[i].Fail(own);
            if (!DatabaseFailures.IsAway(own)) continue;
            Fail(group.Skip(i + 1), own);
            return;
        }
    }

    private async Task<Exception?> FindTroubleAsync(List<Waiting> group)
    {
        try
        {
            var answers = await runGroup(group.ConvertAll(waiting => waiting.Request));
            for (var i = 0; i < group.Count; i++) group[i].Decide(answers[i]);
            Answer(group);
            return null;
        }
        catch (Exception trouble)
        {
            return trouble;
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

    private static void Fail(IEnumerable<Waiting> group, Exception trouble)
    {
        foreach (var waiting in group) waiting.Fail(trouble);
    }

    /// <summary>An answer of the group; a type of its own so that a refusal can stand in its place.</summary>
    public readonly record struct Answered(TAnswer Answer);

    private sealed class Waiting(TRequest request, CancellationToken cancellation)
        : TaskCompletionSource<Result<Answered>>
    {
        private Result<Answered> decided;

        public TRequest Request => request;

        public bool TryCancel() => cancellation.IsCancellationRequested && TrySetCanceled(cancellation);

        public void Decide(TAnswer answer) => decided = new Answered(answer);

        /// <summary>Runs what the request does with its answer, too.</summary>
        public void Answer() => TrySetResult(decided);

        // Failures are few, and each of them may take its time.
        public void Fail(Exception e) =>
            ThreadPool.UnsafeQueueUserWorkItem(static told => told.To.TrySetException(told.E), (To: this, E: e), false);

        public void Refuse() => ThreadPool.UnsafeQueueUserWorkItem(
            static waiting => waiting.TrySetResult(
                Refusals.ServiceUnavailable("The database is slow now; nothing was done. Try again.")),
            this, false);
    }
}

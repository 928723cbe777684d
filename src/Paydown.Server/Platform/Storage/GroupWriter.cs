using System.Diagnostics;
using System.Threading.Channels;
using Paydown.Lending;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Runs what waits at the same moment as one group: one transaction and one fsync for all of them, while each request
/// keeps its own decision and answer. A request that comes alone does not wait. A group that fails is run again one by
/// one, so that a bad request hurts nobody else. Behind a group that meets a slow database nobody waits for long: what
/// has not begun is refused, nothing was done.
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

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Waiting> queue;
    private readonly Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> runGroup;
    private readonly int sizeMax;
    private readonly Task[] loops;
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
        this.runGroup = runGroup;
        this.sizeMax = sizeMax;
        queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(waitingMax) { SingleReader = loopCount == 1 });
        loops = [.. Enumerable.Range(0, loopCount).Select(_ => Task.Run(RunAsync))];
    }

    /// <summary>Waits for a group and its commit. Cancellation counts until the group starts, not after.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it still waited: nothing was done.</exception>
    public Task<Result<Answered>> SubmitAsync(TRequest request, CancellationToken cancellation)
    {
        var waiting = new Waiting(request, cancellation);
        return queue.Writer.TryWrite(waiting)
            ? waiting.Task
            : Task.FromResult<Result<Answered>>(
                Refusals.ServiceUnavailable("Too many requests wait already; nothing was done. Try again."));
    }

    /// <summary>Takes no more, and finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(loops);
    }

    private async Task RunAsync()
    {
        var group = new List<Waiting>(sizeMax);
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < sizeMax && queue.Reader.TryRead(out var waiting))
            {
                if (!waiting.TryCancel()) group.Add(waiting);
            }

            if (group.Count == 0) continue;
            var run = RunGroupAsync(group);
            if (!await EndsInTimeAsync(run)) await RefuseUntilAsync(run, group);
        }
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
            while (Volatile.Read(ref slowLoops) == loops.Length && queue.Reader.TryRead(out var waiting))
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
            for (var i = 0; i < group.Count; i++) group[i].Answer(answers[i]);
            return null;
        }
        catch (Exception trouble)
        {
            return trouble;
        }
    }

    private static void Fail(IEnumerable<Waiting> group, Exception trouble)
    {
        foreach (var waiting in group) waiting.Fail(trouble);
    }

    /// <summary>An answer of the group; a type of its own so that a refusal can stand in its place.</summary>
    public readonly record struct Answered(TAnswer Answer);

    private sealed class Waiting(TRequest request, CancellationToken cancellation)
        : TaskCompletionSource<Result<Answered>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TRequest Request => request;

        public bool TryCancel() => cancellation.IsCancellationRequested && TrySetCanceled(cancellation);

        public void Answer(TAnswer answer) => TrySetResult(new Answered(answer));

        public void Fail(Exception e) => TrySetException(e);

        public void Refuse() =>
            TrySetResult(Refusals.ServiceUnavailable("The database is slow now; nothing was done. Try again."));
    }
}

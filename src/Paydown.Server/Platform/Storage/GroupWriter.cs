using System.Threading.Channels;
using Paydown.Lending;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Runs what waits at the same moment as one group: one transaction and one fsync for all of them, while each request
/// keeps its own decision and answer. A request that comes alone does not wait, and is run on its own thread. A group
/// that fails is run again one by one, so that a bad request hurts nobody else.
/// </summary>
/// <typeparam name="TRequest">What waits.</typeparam>
/// <typeparam name="TAnswer">What each is answered.</typeparam>
public sealed class GroupWriter<TRequest, TAnswer> : IAsyncDisposable
{
    // So many answers are sent off by one thread, one after the other: to wake a thread for each would cost more.
    private const int AnswersTogether = 16;

    private readonly Channel<Waiting> queue;
    private readonly Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> runGroup;
    private readonly int sizeMax;
    private readonly int loopCount;
    private readonly SemaphoreSlim idleLoops;

    /// <summary>Starts to take requests.</summary>
    /// <param name="runGroup">
    /// Answers a group in order; returns only when all of it is committed, and throws when nothing is.
    /// </param>
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

    // It serves others after the one that starts it, so it must not take along what belongs to that one's request.
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
        while (TakeGroup() is { Count: > 0 } group) await RunGroupAsync(group);
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

    private async Task RunGroupAsync(List<Waiting> group)
    {
        try
        {
            var answers = await runGroup(group.ConvertAll(waiting => waiting.Request));
            for (var i = 0; i < group.Count; i++) group[i].Decide(answers[i]);
            Answer(group);
        }
        catch (Exception e) when (group.Count == 1 || DatabaseFailures.IsAway(e))
        {
            // With the database away, one by one would only fail more slowly.
            foreach (var waiting in group) waiting.Fail(e);
            Answer(group);
        }
        catch (Exception)
        {
            foreach (var waiting in group) await RunGroupAsync([waiting]);
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

    /// <summary>An answer of the group; a type of its own so that a refusal can stand in its place.</summary>
    public readonly record struct Answered(TAnswer Answer);

    private sealed class Waiting(TRequest request, CancellationToken cancellation) : TaskCompletionSource<Result<Answered>>
    {
        private Result<Answered> decided;
        private Exception? trouble;

        public TRequest Request => request;

        public bool TryCancel() => cancellation.IsCancellationRequested && TrySetCanceled(cancellation);

        public void Decide(TAnswer answer) => decided = new Answered(answer);

        public void Fail(Exception e) => trouble = e;

        public void Answer()
        {
            if (trouble is null) TrySetResult(decided);
            else TrySetException(trouble);
        }
    }
}

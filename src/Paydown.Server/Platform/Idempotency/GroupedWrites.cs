using Npgsql;
using Paydown.Lending.Outcomes;
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
    private static readonly TimeSpan HeldMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HeldPause = TimeSpan.FromMilliseconds(20);

    // A group costs about as much as eight more rows in another: fewer had better wait for the end of the one before.
    private const int ParallelGroupSizeMin = 8;

    // After one held loan was met, the groups of so long do not wait for any.
    private static readonly TimeSpan SkipLockedFor = TimeSpan.FromSeconds(1);

    private readonly GroupConnections connections;
    private readonly Func<GroupRun, IReadOnlyList<TRequest>, Task<IReadOnlyList<Answer?>>> runGroup;
    private readonly TimeProvider time;
    private readonly GroupWriter<TRequest, Answer?> writer;
    private long heldMetAt;

    /// <summary>Starts to take requests.</summary>
    /// <param name="connections">What the groups are written over.</param>
    /// <param name="runGroup">
    /// Answers a group in order, and commits. Where it is told to skip held loans, their requests get null. What it
    /// leaves uncommitted is rolled back. As soon as all is on its way to be written it hands over.
    /// </param>
    /// <param name="sizeMax">Most requests in one group.</param>
    /// <param name="waitingMax">Most requests that may wait; one more is refused.</param>
    /// <param name="time">The clock.</param>
    public GroupedWrites(
        GroupConnections connections,
        Func<GroupRun, IReadOnlyList<TRequest>, Task<IReadOnlyList<Answer?>>> runGroup,
        int sizeMax,
        int waitingMax,
        TimeProvider time
    )
    {
        (this.connections, this.runGroup, this.time) = (connections, runGroup, time);
        writer = new GroupWriter<TRequest, Answer?>(
            RunGroupAsync,
            sizeMax,
            waitingMax,
            GroupConnections.LaneCount,
            ParallelGroupSizeMin
        );
    }

    /// <summary>Waits for the request's group and its commit.</summary>
    public async ValueTask<Answer> SubmitAsync(TRequest request, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var answer = await writer.SubmitAsync(request, cancellation);
            if (answer.IsRefused)
                return Answer.Refused(answer.Refusal);
            if (answer.Value.Answer is { } decided)
                return decided;
            if (time.GetElapsedTime(since) > HeldMax)
            {
                return Answer.Refused(
                    Refusals.ServiceUnavailable("Another change holds this loan; nothing was done. Try again.")
                );
            }

            await Task.Delay(HeldPause, time, cancellation);
        }
    }

    /// <summary>Finishes what waits.</summary>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(IReadOnlyList<TRequest> group, GroupTurn turn)
    {
        var metAt = Volatile.Read(ref heldMetAt);
        if (metAt != 0 && time.GetElapsedTime(metAt) < SkipLockedFor)
            return await RunGroupAsync(group, turn, true);
        try
        {
            return await RunGroupAsync(group, turn, false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            Volatile.Write(ref heldMetAt, time.GetTimestamp());
            return await RunGroupAsync(group, turn, true);
        }
    }

    // A connection that was lost since its last group is noticed by the next one: it goes on over a new one. Nothing of
    // it is committed, and where it were, its keys would be found.
    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(
        IReadOnlyList<TRequest> group,
        GroupTurn turn,
        bool skipsHeld
    )
    {
        try
        {
            return await RunOnceAsync(group, turn, skipsHeld);
        }
        catch (Exception e) when (DatabaseFailures.IsStaleConnection(e))
        {
            connections.Clear();
            return await RunOnceAsync(group, turn, skipsHeld);
        }
        catch (NpgsqlException e) when (DatabaseFailures.IsSlow(e))
        {
            throw new SlowStatementException(GroupConnections.StepSecondsMax, e);
        }
    }

    private async Task<IReadOnlyList<Answer?>> RunOnceAsync(
        IReadOnlyList<TRequest> group,
        GroupTurn turn,
        bool skipsHeld
    )
    {
        await using var transaction = await connections.BeginAsync(turn.Lane);
        return await runGroup(new GroupRun(transaction, turn, skipsHeld), group);
    }
}

/// <summary>How a group of changes is run.</summary>
/// <param name="Transaction">Its first statement is <c>begin</c>.</param>
/// <param name="Turn">The group's.</param>
/// <param name="SkipsHeld">What something else holds is not waited for.</param>
public sealed record GroupRun(WriteTransaction Transaction, GroupTurn Turn, bool SkipsHeld)
{
    public NpgsqlConnection Connection => Transaction.Connection;

    /// <summary>
    /// Lets the next group begin, while this one waits for its commit. Not where held loans are skipped: the next one
    /// would skip the loans of this one, too, and a loan that many ask for would answer few of them.
    /// </summary>
    public void HandOver()
    {
        if (!SkipsHeld)
            Turn.HandOver();
    }
}

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
    private static readonly TimeSpan HeldMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HeldPause = TimeSpan.FromMilliseconds(20);

    // After one held loan was met, the groups of so long do not wait for any.
    private static readonly TimeSpan HeldMemory = TimeSpan.FromSeconds(1);

    private readonly GroupConnections connections;
    private readonly Func<NpgsqlConnection, IReadOnlyList<TRequest>, bool, Task<IReadOnlyList<Answer?>>> runGroup;
    private readonly TimeProvider time;
    private readonly GroupWriter<TRequest, Answer?> writer;
    private long heldMetAt;

    /// <summary>Starts to take requests.</summary>
    /// <param name="connections">What the groups are written over.</param>
    /// <param name="runGroup">
    /// Answers a group in order, and commits. Where it is told to skip held loans, their requests get null. What it
    /// leaves uncommitted is rolled back.
    /// </param>
    /// <param name="sizeMax">Most requests in one group.</param>
    /// <param name="waitingMax">Most requests that may wait; one more is refused.</param>
    /// <param name="time">The clock.</param>
    public GroupedWrites(
        GroupConnections connections,
        Func<NpgsqlConnection, IReadOnlyList<TRequest>, bool, Task<IReadOnlyList<Answer?>>> runGroup, int sizeMax,
        int waitingMax, TimeProvider time)
    {
        (this.connections, this.runGroup, this.time) = (connections, runGroup, time);
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
        if (heldMetAt != 0 && time.GetElapsedTime(heldMetAt) < HeldMemory) return await RunGroupAsync(group, true);
        try
        {
            return await RunGroupAsync(group, false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            heldMetAt = time.GetTimestamp();
            return await RunGroupAsync(group, true);
        }
    }

    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(IReadOnlyList<TRequest> group, bool skipsHeld)
    {
        try
        {
            await using var connection = await connections.OpenAsync();
            return await runGroup(connection, group, skipsHeld);
        }
        catch (PostgresException e) when (DatabaseFailures.IsSpentConnection(e))
        {
            connections.Clear();
            throw;
        }
    }
}

using System.Buffers.Binary;
using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Writes;

/// <summary>
/// Runs a use case that writes, in one transaction per request and once per idempotency key. A repeat gets the stored
/// answer; a repeat that comes while the first still runs waits for it. A refusal changes nothing, so it is not stored
/// and leaves the key free.
/// </summary>
/// <param name="database">The pool.</param>
/// <param name="contextOf">Returns the context of a request. It may open a connection.</param>
/// <param name="time">The clock.</param>
public sealed class SingleWrites(
    NpgsqlDataSource database,
    Func<Call, ValueTask<ActionContext>> contextOf,
    TimeProvider time
)
{
    // How long a use case waits for a locked loan. Other changes of a loan take milliseconds.
    private const string LimitLockWait = "set local lock_timeout = '2s'";

    // How long a repeat waits for the first request with its key; the contract has this limit.
    private static readonly TimeSpan KeyWaitMax = TimeSpan.FromSeconds(10);

    // It polls, because a statement that waits would run into the time limit of statements.
    private static readonly TimeSpan KeyPollInterval = TimeSpan.FromMilliseconds(25);

    /// <summary>Decides and writes in one transaction, which is committed if the answer is a success.</summary>
    /// <param name="call">The request, with its key.</param>
    /// <param name="decideAndWrite">
    /// Reads, decides and writes over the connection, whose transaction is open. It must not wait for a second
    /// connection: requests that hold one and wait for another would exhaust the pool. What a use case needs from
    /// elsewhere it gets before this call, as this method does with the context.
    /// </param>
    public async ValueTask<Answer> RunAsync(
        Call call,
        Func<NpgsqlConnection, ActionContext, ValueTask<Answer>> decideAndWrite
    )
    {
        var context = await contextOf(call);
        var use = KeyUse.Of(call);
        await using var transaction = await WriteTransaction.BeginAsync(database, call.Cancellation);
        var connection = transaction.Connection;
        if (!await TryLockAsync(connection, use, call.Cancellation))
            return Answer.Refused(Refusals.IdempotencyInProgress());
        var keys = await FindAsync(connection, use, call.Cancellation);
        if (keys.FindRepeat(use) is { } repeat)
        {
            await transaction.CommitSeenAsync();
            return repeat;
        }

        var answer = await decideAndWrite(connection, context);
        if (!answer.IsSuccess)
            return answer;
        keys.Add(use, answer);
        var batch = new NpgsqlBatch(connection);
        keys.AddInsert(batch, time.GetUtcNow());
        await transaction.CommitAsync(batch);
        return answer;
    }

    private async Task<bool> TryLockAsync(NpgsqlConnection connection, KeyUse use, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        do
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new(LimitLockWait));
            batch.BatchCommands.Add(
                new("select pg_try_advisory_xact_lock($1)") { Parameters = { Sql.Value(LockOf(use)) } }
            );
            if (await batch.ExecuteScalarAsync(cancellation) is true)
                return true;
            await Task.Delay(KeyPollInterval, time, cancellation);
        } while (time.GetElapsedTime(since) < KeyWaitMax);
        return false;
    }

    private static long LockOf(KeyUse use) =>
        BinaryPrimitives.ReadInt64BigEndian(use.Id.Value.ToByteArray(bigEndian: true));

    private static async Task<IdempotencyKeys> FindAsync(
        NpgsqlConnection connection,
        KeyUse use,
        CancellationToken cancellation
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        IdempotencyKeys.AddFind(batch, [use]);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await IdempotencyKeys.ReadAsync(reader, cancellation);
    }
}

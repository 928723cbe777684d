using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Idempotency;

/// <summary>
/// Runs a use case that writes, once for each idempotency key: its effect and the stored answer are one transaction. A
/// repeat gets the stored answer; a repeat while the first is running waits for it. A refusal changes nothing, so it is
/// not stored and leaves the key free.
/// </summary>
public sealed class IdempotentWrites(NpgsqlDataSource database, TimeProvider time)
{
    // Who finds the loan held by something else waits for so long.
    private const string LimitWait = "set local lock_timeout = '2s'";

    // A repeat waits for the first to end. It asks again and again, so that each of its statements is a short one.
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WaitPause = TimeSpan.FromMilliseconds(25);

    /// <summary>Decides and writes in one transaction, which is committed where the answer is a success.</summary>
    /// <param name="call">The request, with its key.</param>
    /// <param name="decideAndWrite">Reads, decides and writes all effects over the connection; the transaction is
    /// open.</param>
    public async ValueTask<Answer> RunAsync(Call call, Func<NpgsqlConnection, ValueTask<Answer>> decideAndWrite)
    {
        var hash = call.CanonicalHash();
        await using var transaction = await WriteTransaction.BeginAsync(database, call.Cancellation);
        var connection = transaction.Connection;
        if (!await TryLockKeyAsync(connection, call))
            return Answer.Refused(Refusals.IdempotencyInProgress());
        if (await FindAsync(connection, call, hash) is { } earlier)
        {
            await transaction.CommitSeenAsync();
            return earlier;
        }

        var answer = await decideAndWrite(connection);
        if (!answer.IsSuccess)
            return answer;
        await StoreAsync(connection, call, hash, answer.OnRepeat ?? answer);
        await transaction.CommitAsync();
        return answer;
    }

    /// <summary>The answer to a repeat: the stored one, or the refusal of another request with its key.</summary>
    public static Answer Repeat(byte[] hash, byte[] storedHash, int status, ReadOnlyMemory<byte> body) =>
        hash.AsSpan().SequenceEqual(storedHash)
            ? Answer.Replayed(status, body)
            : Answer.Refused(Refusals.IdempotencyKeyReused());

    private async Task<bool> TryLockKeyAsync(NpgsqlConnection connection, Call call)
    {
        var since = time.GetTimestamp();
        do
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new(LimitWait));
            batch.BatchCommands.Add(
                new("select pg_try_advisory_xact_lock($1)") { Parameters = { new() { Value = LockOf(call) } } }
            );
            if (await batch.ExecuteScalarAsync(call.Cancellation) is true)
                return true;
            await Task.Delay(WaitPause, time, call.Cancellation);
        } while (time.GetElapsedTime(since) < WaitMax);
        return false;
    }

    private static long LockOf(Call call)
    {
        var scope = $"{call.Caller.UserId:N} {call.Route.Name} {call.IdempotencyKey}";
        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(scope)));
    }

    private static async Task<Answer?> FindAsync(NpgsqlConnection connection, Call call, byte[] hash)
    {
        await using var command = new NpgsqlCommand(
            """
            select request_hash, status, body from idempotency_record
            where caller_id = $1 and route = $2 and key = $3
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = call.Caller.UserId },
                new() { Value = call.Route.Name },
                new() { Value = call.IdempotencyKey },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(call.Cancellation);
        return await reader.ReadAsync(call.Cancellation)
            ? Repeat(hash, reader.Get<byte[]>("request_hash"), reader.Get<short>("status"), reader.Get<byte[]>("body"))
            : null;
    }

    private async Task StoreAsync(NpgsqlConnection connection, Call call, byte[] hash, Answer answer)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into idempotency_record (caller_id, route, key, request_hash, status, body, recorded_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = call.Caller.UserId },
                new() { Value = call.Route.Name },
                new() { Value = call.IdempotencyKey },
                new() { Value = hash },
                new() { Value = (short)answer.Status },
                new() { Value = answer.Body, NpgsqlDbType = NpgsqlDbType.Bytea },
                new() { Value = time.GetUtcNow() },
            },
        };
        await command.ExecuteNonQueryAsync(call.Cancellation);
    }
}

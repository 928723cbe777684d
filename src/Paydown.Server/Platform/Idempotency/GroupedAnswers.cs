using Npgsql;
using NpgsqlTypes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Idempotency;

/// <summary>A request with what its idempotency needs.</summary>
public sealed record KeyedRequest(Guid CallerId, string Route, string Key, byte[] Hash)
{
    public static KeyedRequest Of(Call call) =>
        new(call.Caller.UserId, call.Route.Name, call.IdempotencyKey, call.CanonicalHash());
}

/// <summary>
/// The stored answers of a group of requests that is decided and committed as one: those of earlier requests, and those
/// of the requests before in the group. A refusal changes nothing, so it is not kept and leaves the key free.
/// </summary>
public sealed class GroupedAnswers
{
    private const string Find =
        """
        select caller_id, route, key, request_hash, status, body
        from idempotency_record
        where (caller_id, route, key) in (select * from unnest($1, $2, $3))
        """;

    private const string Insert =
        """
        insert into idempotency_record (caller_id, route, key, request_hash, status, body, recorded_at)
        select r.*, $7
        from unnest($1, $2, $3, $4, $5, $6) as r
        """;

    private readonly Dictionary<(Guid CallerId, string Route, string Key), (byte[] Hash, Answer Answer)> known = [];
    private readonly List<(KeyedRequest Request, Answer Answer)> kept = [];

    /// <summary>Joins the search for earlier answers to a batch, behind the group's locks: what a holder of a lock has
    /// stored is seen only by a statement that begins later.</summary>
    public static void AddFind(NpgsqlBatch batch, IReadOnlyList<KeyedRequest> requests) =>
        new RowsStatement<KeyedRequest>(Find, requests)
            .Column(request => request.CallerId).Column(request => request.Route).Column(request => request.Key)
            .AddTo(batch);

    /// <summary>Takes in the result of <see cref="AddFind"/>.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
        {
            var answer = Answer.Replayed(reader.GetInt16(4), reader.GetFieldValue<byte[]>(5));
            known.Add(
                (reader.GetGuid(0), reader.GetString(1), reader.GetString(2)),
                (reader.GetFieldValue<byte[]>(3), answer));
        }
    }

    /// <summary>The answer to a repeat; null where the key is free.</summary>
    public Answer? FindRepeat(KeyedRequest request) =>
        known.TryGetValue((request.CallerId, request.Route, request.Key), out var earlier)
            ? IdempotentWrites.Repeat(request.Hash, earlier.Hash, earlier.Answer.Status, earlier.Answer.Body.ToArray())
            : null;

    /// <summary>Keeps the answer of a success, to be written with its effect.</summary>
    public void Keep(KeyedRequest request, Answer answer)
    {
        known.Add((request.CallerId, request.Route, request.Key), (request.Hash, answer));
        kept.Add((request, answer));
    }

    /// <summary>Joins the writing of what was kept to a batch.</summary>
    public void AddInserts(NpgsqlBatch batch, DateTimeOffset now)
    {
        if (kept.Count == 0) return;
        batch.BatchCommands.Add(new(Insert)
        {
            Parameters =
            {
                Column(one => one.Request.CallerId), Column(one => one.Request.Route), Column(one => one.Request.Key),
                Column(one => one.Request.Hash), Column(one => (short)one.Answer.Status),
                new NpgsqlParameter<ReadOnlyMemory<byte>[]>
                {
                    TypedValue = [.. kept.Select(one => one.Answer.Body)],
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                },
                new() { Value = now },
            },
        });
    }

    private NpgsqlParameter<T[]> Column<T>(Func<(KeyedRequest Request, Answer Answer), T> value) =>
        new() { TypedValue = [.. kept.Select(value)] };
}

using System.Runtime.InteropServices;
using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Idempotency;

/// <summary>One use of a key: who, on which route, saying what.</summary>
/// <param name="CallerId">The scope of a key is its caller and route.</param>
/// <param name="Route">The name of the call.</param>
/// <param name="Key">As it was sent.</param>
/// <param name="Hash">The canonical hash of the request.</param>
public sealed record KeyUse(Guid CallerId, string Route, string Key, byte[] Hash)
{
    public static KeyUse Of(Call call) =>
        new(call.Caller.UserId, call.Route.Name, call.IdempotencyKey, call.CanonicalHash());
}

/// <summary>
/// The idempotency of requests that are decided in groups: the stored answers of their keys are read with one
/// statement and written with one, and a key that comes twice in a group is decided once.
/// </summary>
public sealed class GroupedKeys
{
    // The limit leaves PostgreSQL one way: to look for each key. A plan made while few were stored might else read all
    // of them, and be kept while they grow.
    private const string Find = """
        select asked.caller_id, asked.route, asked.key, stored.request_hash, stored.status, stored.body
        from unnest($1::uuid[], $2::text[], $3::text[]) as asked (caller_id, route, key)
        cross join lateral (
          select request_hash, status, body from idempotency_record r
          where r.caller_id = asked.caller_id and r.route = asked.route and r.key = asked.key
          limit 1) stored
        """;

    private const string Insert = """
        insert into idempotency_record (caller_id, route, key, request_hash, status, body, recorded_at)
        select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::smallint[], $6::bytea[],
                             $7::timestamptz[])
        """;

    private readonly Dictionary<(Guid CallerId, string Route, string Key), StoredAnswer> answers = [];
    private readonly List<(KeyUse Use, Answer Answer)> added = [];
    private bool hasRepeats;

    /// <summary>
    /// Asks for the stored answers, as one statement of a batch. It must stand behind the statement that locks: what
    /// the holder of a lock stored is seen only by a statement that begins later.
    /// </summary>
    public static void AddFind(NpgsqlBatch batch, IReadOnlyList<KeyUse> uses) =>
        new RowsStatement<KeyUse>(Find, uses)
            .Column(use => use.CallerId)
            .Column(use => use.Route)
            .Column(use => use.Key)
            .AddTo(batch);

    /// <summary>Reads what <see cref="AddFind"/> asked for.</summary>
    public static async Task<GroupedKeys> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var keys = new GroupedKeys();
        while (await reader.ReadAsync(cancellation))
        {
            // A key that comes twice in the group is found twice.
            keys.answers[(reader.Id("caller_id"), reader.Text("route"), reader.Text("key"))] = new StoredAnswer(
                reader.Get<byte[]>("request_hash"),
                reader.Get<short>("status"),
                reader.Get<byte[]>("body")
            );
        }

        return keys;
    }

    /// <summary>
    /// The answer to a repeat, of an earlier request or of one before it in the group; null for a first use.
    /// </summary>
    public Answer? FindRepeat(KeyUse use)
    {
        if (!answers.TryGetValue((use.CallerId, use.Route, use.Key), out var stored))
            return null;
        hasRepeats = true;
        return IdempotentWrites.Repeat(use.Hash, stored.Hash, stored.Status, stored.Body);
    }

    /// <summary>Keeps the answer to a first use. Only a success: a refusal leaves its key free.</summary>
    public void Add(KeyUse use, Answer answer)
    {
        answers.Add((use.CallerId, use.Route, use.Key), new StoredAnswer(use.Hash, answer.Status, answer.Body));
        added.Add((use, answer));
    }

    /// <summary>Stores the answers that were added, as one statement of the batch that commits.</summary>
    public void AddInsert(NpgsqlBatch batch, DateTimeOffset now)
    {
        if (hasRepeats)
            WriteTransaction.AddWaitForSeen(batch);
        new RowsStatement<(KeyUse Use, Answer Answer)>(Insert, added)
            .Column(row => row.Use.CallerId)
            .Column(row => row.Use.Route)
            .Column(row => row.Use.Key)
            .Column(row => row.Use.Hash)
            .Column(row => (short)row.Answer.Status)
            .Column(row => row.Answer.Body)
            .Column(_ => now)
            .AddTo(batch);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct StoredAnswer(byte[] Hash, int Status, ReadOnlyMemory<byte> Body);
}

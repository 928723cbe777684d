using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Writes;

/// <summary>
/// The id of an idempotency record: half of the SHA-256 of caller, route and key, which no two uses share by chance.
/// </summary>
public readonly record struct RecordId(Guid Value) : IId<RecordId>
{
    public static RecordId Of(Guid value) => new(value);

    /// <summary>The id of a use. Neither a caller's id nor a key contains spaces.</summary>
    public static RecordId Of(UserId callerId, string route, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{callerId.Value:N} {route} {key}"), hash);
        return new(new Guid(hash[..16], bigEndian: true));
    }

    public override string ToString() => Value.ToString();
}

/// <summary>One use of an idempotency key. Caller, route and key together identify the record.</summary>
/// <param name="CallerId">The user or API token that sent it.</param>
/// <param name="OrganisationId">The lender of the caller.</param>
/// <param name="Route">The name of the route.</param>
/// <param name="Key">The key as it was sent.</param>
/// <param name="Hash">The canonical hash of the request.</param>
public sealed record KeyUse(UserId CallerId, OrganisationId OrganisationId, string Route, string Key, byte[] Hash)
{
    /// <summary>The id of its record.</summary>
    public RecordId Id { get; } = RecordId.Of(CallerId, Route, Key);

    public static KeyUse Of(Call call) =>
        new(call.Caller.UserId, call.Caller.OrganisationId, call.Route.Name, call.IdempotencyKey, call.CanonicalHash());
}

/// <summary>
/// The idempotency keys of one or more requests: their stored answers are found with one statement and inserted with
/// one. If a key comes twice in a group, the second is a repeat of the first. The only code that reads or writes
/// <c>idempotency_record</c>.
/// </summary>
public sealed class IdempotencyKeys
{
    // The limit leaves PostgreSQL one plan: an index lookup per key. Otherwise a plan made while the table was small
    // might scan it as a whole, and would be kept while it grows.
    private const string Find = """
        select asked.id, stored.request_hash, stored.status, stored.subject_id, stored.body
        from unnest($1::uuid[]) as asked (id)
        cross join lateral (
          select request_hash, status, subject_id, body from idempotency_record r where r.id = asked.id limit 1) stored
        """;

    private const string Insert = """
        insert into idempotency_record (id, subject_id, request_hash, status, body, recorded_at, organisation_id)
        select * from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::smallint[], $5::bytea[], $6::timestamptz[],
                             $7::uuid[])
        """;

    private const string Delete = """
        delete from idempotency_record
        where ctid = any(array(
          select ctid from idempotency_record where recorded_at < $1 limit $2 for update skip locked))
        """;

    private readonly Dictionary<RecordId, StoredAnswer> answers = [];
    private readonly List<(KeyUse Use, Answer Answer)> added = [];
    private bool hasRepeats;

    /// <summary>Adds the statement that finds the stored answers.</summary>
    public static void AddFind(NpgsqlBatch batch, IReadOnlyList<KeyUse> uses) =>
        new RowsStatement<KeyUse>(Find, uses).Column(use => use.Id).AddTo(batch);

    /// <summary>Reads the result of <see cref="AddFind"/>.</summary>
    public static async Task<IdempotencyKeys> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var keys = new IdempotencyKeys();
        while (await reader.ReadAsync(cancellation))
        {
            // A key that comes twice in the group is found twice.
            keys.answers[reader.Id<RecordId>("id")] = new StoredAnswer(
                reader.Get<byte[]>("request_hash"),
                reader.Get<short>("status"),
                StoredBody.Unpack(reader.Get<byte[]>("body"), reader.IdOrNull<SubjectId>("subject_id"))
            );
        }

        return keys;
    }

    /// <summary>
    /// The answer to a repeat: the stored answer, or a refusal if the key came with another request. Null if the key is
    /// new.
    /// </summary>
    public Answer? FindRepeat(KeyUse use)
    {
        if (!answers.TryGetValue(use.Id, out var stored))
            return null;
        hasRepeats = true;
        return use.Hash.AsSpan().SequenceEqual(stored.Hash)
            ? Answer.Replayed(stored.Status, stored.Body)
            : Answer.Refused(Refusals.IdempotencyKeyReused());
    }

    /// <summary>Keeps the answer to a new key. Only for a success: a refusal leaves its key free.</summary>
    public void Add(KeyUse use, Answer answer)
    {
        var stored = answer.OnRepeat ?? answer;
        answers.Add(use.Id, new StoredAnswer(use.Hash, stored.Status, stored.Body));
        added.Add((use, stored));
    }

    /// <summary>Adds the statement that stores the added answers to the batch that commits.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="now">The instant of recording.</param>
    public void AddInsert(NpgsqlBatch batch, DateTimeOffset now)
    {
        if (hasRepeats)
            WriteTransaction.AddWaitForSeen(batch);
        new RowsStatement<(KeyUse Use, Answer Answer)>(Insert, added)
            .Column(row => row.Use.Id)
            .Column(row => row.Answer.SubjectId)
            .Column(row => row.Use.Hash)
            .Column(row => (short)row.Answer.Status)
            .Column(row => StoredBody.Pack(row.Answer.Body.Span, row.Answer.SubjectId))
            .Column(_ => now)
            .Column(row => row.Answer.SubjectId is null ? row.Use.OrganisationId : (OrganisationId?)null)
            .AddTo(batch);
    }

    /// <summary>Deletes some of the records from before an instant.</summary>
    /// <param name="database">The pool.</param>
    /// <param name="before">The instant.</param>
    /// <param name="countMax">The maximum number of records to delete.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>The number of deleted records.</returns>
    public static Task<int> DeleteAsync(
        NpgsqlDataSource database,
        DateTimeOffset before,
        int countMax,
        CancellationToken cancellation
    ) => WriteTransaction.RunAsync(database, Delete, cancellation, Sql.Value(before), Sql.Value(countMax));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct StoredAnswer(byte[] Hash, int Status, ReadOnlyMemory<byte> Body);
}

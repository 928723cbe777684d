using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>The signing keys in the database. A new one is created at the first start and every 30 days.</summary>
public sealed class SigningKeyStore(NpgsqlDataSource database, TimeProvider time, Ids ids)
{
    /// <summary>The channel that notifies all servers of a new key.</summary>
    internal const string Channel = "paydown_signing_key";

    /// <summary>The age of the youngest key at which a new one is created.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromDays(30);

    // A new key signs only after all servers had time to load it, so none refuses its first tokens.
    private static readonly TimeSpan Announcement = TimeSpan.FromSeconds(15);

    // The largest difference between the clocks of two servers.
    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(5);

    private const string SelectAll = "select id, secret, signs_from from signing_key";

    // The advisory lock under which one server at a time creates keys. The letters "keys".
    private const string LockTable = "select pg_advisory_xact_lock(1801812339)";

    /// <summary>Returns all keys whose tokens may still be valid.</summary>
    public async Task<IReadOnlyList<SigningKey>> LoadAsync(CancellationToken token)
    {
        await using var connection = await database.OpenConnectionAsync(token);
        return await LoadAsync(connection, token);
    }

    /// <summary>
    /// Creates a key if there is none, or if the youngest is older than <see cref="AgeMax"/>.
    /// </summary>
    /// <returns>The id of the new key; null if none was needed.</returns>
    public Task<SigningKeyId?> RotateIfDueAsync(CancellationToken token) => RotateAsync(isForced: false, token);

    /// <summary>Creates a key, for example because a secret may have leaked.</summary>
    /// <returns>The id of the new key.</returns>
    public async Task<SigningKeyId> RotateAsync(CancellationToken token) =>
        (await RotateAsync(isForced: true, token))!.Value;

    /// <summary>
    /// Deletes the keys whose last token has expired: a younger key has signed for longer than the life of a token.
    /// </summary>
    public Task RemoveSpentAsync(CancellationToken token) =>
        WriteTransaction.RunAsync(
            database,
            """
            delete from signing_key k
            where exists (select from signing_key younger
                          where younger.signs_from > k.signs_from and younger.signs_from < $1)
            """,
            token,
            Sql.Value(time.GetUtcNow() - AccessTokens.Lifetime - ClockSkewMax)
        );

    private async Task<SigningKeyId?> RotateAsync(bool isForced, CancellationToken token)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, token);
        var connection = transaction.Connection;
        await using (var command = new NpgsqlCommand(LockTable, connection))
            await command.ExecuteNonQueryAsync(token);
        var keys = await LoadAsync(connection, token);
        var now = time.GetUtcNow();
        if (!isForced && keys.Any(key => key.SignsFrom > now - AgeMax))
            return null;

        var added = SigningKey.Create(ids.Next<SigningKeyId>(), keys.Count == 0 ? now : now + Announcement);
        await AddAsync(connection, added, now, token);
        await transaction.CommitAsync();
        return added.Id;
    }

    internal static async Task<IReadOnlyList<SigningKey>> LoadAsync(
        NpgsqlConnection connection,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(SelectAll, connection);
        await using var reader = await command.ExecuteReaderAsync(token);
        var keys = new List<SigningKey>();
        while (await reader.ReadAsync(token))
            keys.Add(Read(reader));
        return keys;
    }

    private static async Task AddAsync(
        NpgsqlConnection connection,
        SigningKey key,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("insert into signing_key (id, secret, signs_from, created_at) values ($1, $2, $3, $4)")
                {
                    Parameters = { Sql.Value(key.Id), Sql.Value(key.Secret), Sql.Value(key.SignsFrom), Sql.Value(now) },
                },
                new("select pg_notify($1, $2)") { Parameters = { Sql.Value(Channel), Sql.Value(key.Id.ToString()) } },
            },
        };
        await batch.ExecuteNonQueryAsync(token);
    }

    /// <summary>
    /// Adds the key of another database in the transaction of the connection, so that tokens of its users are valid
    /// here too. The caller notifies the servers.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="key">The key.</param>
    /// <param name="signsFrom">When it starts to sign here.</param>
    /// <param name="now">The instant of recording.</param>
    /// <param name="token">Cancels the statement.</param>
    internal static async Task BringAsync(
        NpgsqlConnection connection,
        SigningKey key,
        DateTimeOffset signsFrom,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into signing_key (id, secret, signs_from, created_at) values ($1, $2, $3, $4)
            on conflict (id) do update set signs_from = excluded.signs_from
            """,
            connection
        )
        {
            Parameters = { Sql.Value(key.Id), Sql.Value(key.Secret), Sql.Value(signsFrom), Sql.Value(now) },
        };
        await command.ExecuteNonQueryAsync(token);
    }

    private static SigningKey Read(NpgsqlDataReader reader) =>
        new(reader.Id<SigningKeyId>("id"), reader.Get<byte[]>("secret"), reader.Instant("signs_from"));
}

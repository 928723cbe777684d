using System.Runtime.CompilerServices;
using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// A transaction that writes, over a connection of its own: the one place that commits. A commit is never cancelled. A
/// cancel would end the wait for a synchronous standby, and PostgreSQL would commit on one node and report success; in
/// a failover that work is lost. So the commit has no timeout; only the caller's wait for it does. When that ends, the
/// fate of the commit is unknown: the caller gets <see cref="CommitUnsettledException"/>, and the connection is left
/// alone until the commit ends.
/// </summary>
public sealed class WriteTransaction : IAsyncDisposable
{
    /// <summary>How long a request waits for its commit.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The commits of one pool that may be unsettled at once. Each keeps its connection; the rest of the pool is for
    /// reading. With as many, further writes are refused before they begin.
    /// </summary>
    public const int UnsettledMax = 8;

    // Only a commit that wrote something waits for a standby. This writes nothing but a mark in the log, which no table
    // shows, and is left out where there is nothing to wait for.
    private const string WaitForSeen = """
        select pg_logical_emit_message(true, 'paydown', '')
        where current_setting('synchronous_standby_names') <> ''
        """;

    private static readonly ConditionalWeakTable<NpgsqlDataSource, StrongBox<int>> UnsettledCounts = [];

    private readonly StrongBox<int> unsettled;
    private readonly TimeSpan answerMax;
    private Task? commit;

    private WriteTransaction(NpgsqlConnection connection, StrongBox<int> unsettled, TimeSpan answerMax) =>
        (Connection, this.unsettled, this.answerMax) = (connection, unsettled, answerMax);

    /// <summary>What the statements of the transaction run over.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Opens a connection and begins.</summary>
    /// <param name="pool">Where the connection comes from.</param>
    /// <param name="token">Gives up before anything has begun.</param>
    /// <param name="answerMax">
    /// The wait for the commit; null: <see cref="AnswerMax"/>, or no limit where the pool's commands have none.
    /// </param>
    /// <exception cref="WritesStuckException">Too many commits are unsettled.</exception>
    public static async Task<WriteTransaction> BeginAsync(
        NpgsqlDataSource pool,
        CancellationToken token,
        TimeSpan? answerMax = null
    )
    {
        var transaction = await OpenAsync(pool, token, answerMax);
        try
        {
            // It is ended by the statements below: only its beginning is Npgsql's, which sends it with the first one.
            _ = await transaction.Connection.BeginTransactionAsync(token);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one statement that writes, as a transaction of its own.</summary>
    /// <returns>The rows that it wrote.</returns>
    public static async Task<int> RunAsync(
        NpgsqlDataSource pool,
        string sql,
        CancellationToken token,
        params object[] values
    )
    {
        await using var transaction = await BeginAsync(pool, token);
        await using var command = new NpgsqlCommand(sql, transaction.Connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        var rows = await command.ExecuteNonQueryAsync(token);
        await transaction.CommitAsync();
        return rows;
    }

    /// <summary>Opens a connection; the first statement is to be <c>begin</c>.</summary>
    /// <exception cref="WritesStuckException">Too many commits are unsettled.</exception>
    internal static async Task<WriteTransaction> OpenAsync(
        NpgsqlDataSource pool,
        CancellationToken token,
        TimeSpan? answerMax = null,
        int unsettledMax = UnsettledMax
    )
    {
        var count = UnsettledCounts.GetOrCreateValue(pool);
        if (Volatile.Read(ref count.Value) >= unsettledMax)
            throw new WritesStuckException();
        var connection = await pool.OpenConnectionAsync(token);
        var limit = connection.CommandTimeout == 0 ? Timeout.InfiniteTimeSpan : AnswerMax;
        return new WriteTransaction(connection, count, answerMax ?? limit);
    }

    /// <summary>Commits.</summary>
    /// <exception cref="CommitUnsettledException">It is not known to be committed on all nodes.</exception>
    public async Task CommitAsync()
    {
        var batch = new NpgsqlBatch(Connection);
        await CommitAsync(batch);
    }

    /// <summary>Runs the last statements and commits, in one round trip.</summary>
    /// <exception cref="CommitUnsettledException">It is not known to be committed on all nodes.</exception>
    /// <exception cref="PostgresException">A statement failed: nothing is committed.</exception>
    public async Task CommitAsync(NpgsqlBatch batch)
    {
        batch.BatchCommands.Add(new("commit"));
        batch.Timeout = 0;
        commit = RunAsync(batch);
        try
        {
            await commit.WaitAsync(answerMax);
        }
        catch (TimeoutException late)
        {
            throw new CommitUnsettledException(
                $"A commit was not acknowledged within {answerMax.TotalSeconds:0.#} s",
                late
            );
        }
    }

    /// <summary>
    /// Commits a transaction that has only read what another one committed, so that it may be acknowledged: where a
    /// standby is waited for, it has that by then. The commit of the other may have ended without it.
    /// </summary>
    /// <exception cref="CommitUnsettledException">The standby is not known to have it.</exception>
    public async Task CommitSeenAsync()
    {
        var batch = new NpgsqlBatch(Connection);
        AddWaitForSeen(batch);
        await CommitAsync(batch);
    }

    /// <summary>Adds the statement that makes <see cref="CommitAsync(NpgsqlBatch)"/> do the same.</summary>
    public static void AddWaitForSeen(NpgsqlBatch batch) => batch.BatchCommands.Add(new(WaitForSeen));

    /// <summary>Rolls back what is not committed, and closes the connection once the commit has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (commit is null or { IsCompleted: true })
        {
            await Connection.DisposeAsync();
            return;
        }

        Interlocked.Increment(ref unsettled.Value);
        _ = CloseLaterAsync(commit);
    }

    private static async Task RunAsync(NpgsqlBatch batch)
    {
        await using var _ = batch;
        var connection = batch.Connection!;
        PostgresNotice? givenUp = null;
        void Hear(object sender, NpgsqlNoticeEventArgs said) =>
            givenUp = IsReplicationGivenUp(said.Notice) ? said.Notice : givenUp;
        connection.Notice += Hear;
        try
        {
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is not PostgresException { InvariantSeverity: "ERROR" })
        {
            throw new CommitUnsettledException("The connection was lost during a commit", e);
        }
        finally
        {
            connection.Notice -= Hear;
        }

        if (givenUp is not null)
            throw new CommitUnsettledException(givenUp.MessageText, null);
    }

    // An administrator has cancelled the wait for the standby: it is committed here, and perhaps nowhere else. Known by
    // the function that says so, since the words are in the language of the database.
    private static bool IsReplicationGivenUp(PostgresNotice notice) =>
        notice is { SqlState: PostgresErrorCodes.Warning, Routine: "SyncRepWaitForLSN" };

    private async Task CloseLaterAsync(Task ending)
    {
        await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref unsettled.Value);
        await Connection.DisposeAsync();
    }
}

/// <summary>
/// Whether a transaction is committed is not known, or it is committed on this node and perhaps on no other. A repeat
/// with the same idempotency key tells.
/// </summary>
public sealed class CommitUnsettledException(string message, Exception? inner) : Exception(message, inner);

/// <summary>
/// So many commits wait for their acknowledgement that no other write begins: nothing was done.
/// </summary>
public sealed class WritesStuckException()
    : Exception("Commits are not acknowledged; a synchronous standby may be away. Nothing more is written.");

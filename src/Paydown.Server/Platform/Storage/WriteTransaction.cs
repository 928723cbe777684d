using System.Runtime.CompilerServices;
using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// A transaction that writes, with its connection: the one place that commits. A commit is never cancelled. A cancel
/// would end the wait for a synchronous standby; PostgreSQL would then commit on one node and report success, and a
/// failover would lose the work. So the commit has no timeout, but the caller's wait for it has. After that wait the
/// outcome is unknown: the caller gets <see cref="CommitUnsettledException"/>, and the connection is not used until the
/// commit ends.
/// </summary>
public sealed class WriteTransaction : IAsyncDisposable
{
    /// <summary>The longest that a request waits for its commit.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The maximum number of unsettled commits of a pool. Each holds a connection, and the others are for reading. At
    /// this number, further writes are refused before they begin.
    /// </summary>
    public const int UnsettledMax = 8;

    // Only a commit that wrote something waits for a standby. This writes a message to the log and to no table. It is
    // skipped if there is no standby to wait for.
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

    /// <summary>The connection for the statements of the transaction.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Opens a connection and begins a transaction.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="token">Cancels the opening.</param>
    /// <param name="answerMax">
    /// The longest wait for the commit; null for <see cref="AnswerMax"/>, or for no limit if the pool's commands have
    /// none.
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
            // Npgsql sends the begin with the first statement. The transaction is ended by the statements below.
            _ = await transaction.Connection.BeginTransactionAsync(token);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one statement that writes, in a transaction.</summary>
    /// <returns>The number of rows written.</returns>
    public static async Task<int> RunAsync(
        NpgsqlDataSource pool,
        string sql,
        CancellationToken token,
        params NpgsqlParameter[] parameters
    )
    {
        await using var transaction = await BeginAsync(pool, token);
        await using var command = new NpgsqlCommand(sql, transaction.Connection);
        command.Parameters.AddRange(parameters);
        var rows = await command.ExecuteNonQueryAsync(token);
        await transaction.CommitAsync();
        return rows;
    }

    /// <summary>Lets each later statement wait at most three seconds for a lock; then it fails with 55P03.</summary>
    public async Task LimitLockWaitsAsync(CancellationToken token)
    {
        await using var command = new NpgsqlCommand("set local lock_timeout = '3s'", Connection);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>Opens a connection. The first statement must be <c>begin</c>.</summary>
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
    /// <exception cref="CommitUnsettledException">It is unknown whether all nodes have committed.</exception>
    public async Task CommitAsync()
    {
        var batch = new NpgsqlBatch(Connection);
        await CommitAsync(batch);
    }

    /// <summary>Runs the last statements and commits, in one round trip.</summary>
    /// <exception cref="CommitUnsettledException">It is unknown whether all nodes have committed.</exception>
    /// <exception cref="PostgresException">A statement failed; nothing is committed.</exception>
    public async Task CommitAsync(NpgsqlBatch batch)
    {
        batch.BatchCommands.Add(new("commit"));
        batch.Timeout = 0;
        commit = RunAsync(batch);
        try
        {
            await commit.WaitAsync(answerMax);
        }
        catch (TimeoutException exception)
        {
            throw new CommitUnsettledException(
                $"A commit was not acknowledged within {answerMax.TotalSeconds:0.#} s",
                exception
            );
        }
    }

    /// <summary>
    /// Commits a transaction that has only read what another transaction committed. Afterwards, a synchronous standby
    /// has that too, so it can be acknowledged. The other commit may have ended without the standby.
    /// </summary>
    /// <exception cref="CommitUnsettledException">It is unknown whether the standby has it.</exception>
    public async Task CommitSeenAsync()
    {
        var batch = new NpgsqlBatch(Connection);
        AddWaitForSeen(batch);
        await CommitAsync(batch);
    }

    /// <summary>Adds the statement with which <see cref="CommitAsync(NpgsqlBatch)"/> does the same.</summary>
    public static void AddWaitForSeen(NpgsqlBatch batch) => batch.BatchCommands.Add(new(WaitForSeen));

    /// <summary>Rolls back if nothing was committed, and closes the connection once the commit has ended.</summary>
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
        PostgresNotice? cancelled = null;
        void OnNotice(object sender, NpgsqlNoticeEventArgs arguments) =>
            cancelled = IsReplicationCancelled(arguments.Notice) ? arguments.Notice : cancelled;
        connection.Notice += OnNotice;
        try
        {
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not PostgresException { InvariantSeverity: "ERROR" })
        {
            throw new CommitUnsettledException("The connection was lost during a commit", exception);
        }
        finally
        {
            connection.Notice -= OnNotice;
        }

        if (cancelled is not null)
            throw new CommitUnsettledException(cancelled.MessageText, null);
    }

    // An administrator has cancelled the wait for the standby: this node has committed, others perhaps not. The notice
    // is recognised by the function that raises it, because its text depends on the language of the database.
    private static bool IsReplicationCancelled(PostgresNotice notice) =>
        notice is { SqlState: PostgresErrorCodes.Warning, Routine: "SyncRepWaitForLSN" };

    private async Task CloseLaterAsync(Task ending)
    {
        await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref unsettled.Value);
        await Connection.DisposeAsync();
    }
}

/// <summary>
/// It is unknown whether a transaction is committed, or it is committed on this node and perhaps on no other. A repeat
/// with the same idempotency key finds out.
/// </summary>
public sealed class CommitUnsettledException(string message, Exception? inner) : Exception(message, inner);

/// <summary>
/// Too many commits are unacknowledged to begin another write; nothing was done.
/// </summary>
public sealed class WritesStuckException()
    : Exception("Commits are not acknowledged; a synchronous standby may be away. No further write begins.");

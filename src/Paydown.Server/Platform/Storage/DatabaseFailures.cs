using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>Classifies the exceptions of the database.</summary>
public static class DatabaseFailures
{
    /// <summary>The SQLSTATE with which the fence of a move refuses a change. PostgreSQL uses no class PD.</summary>
    public const string LenderMoves = "PD001";

    /// <summary>
    /// True if nothing is wrong with the request and it may succeed later: no connection, a timeout, a shutdown, a lack
    /// of connections, memory or disk, a lock that was not granted, or a write on a standby.
    /// </summary>
    public static bool IsAway(Exception exception) =>
        exception switch
        {
            PostgresException postgres => postgres.SqlState[..2] is "08" or "53" or "57" or "58"
                || postgres.SqlState is "55P03" or "25P03"
                || IsClosed(postgres)
                || IsStaleConnection(exception),
            NpgsqlException or TimeoutException or CommitUnsettledException or WritesStuckException => true,
            _ => false,
        };

    /// <summary>
    /// True if the database was reached but did not complete a statement in time. The statement or the whole database
    /// may be slow.
    /// </summary>
    public static bool IsSlow(Exception exception) =>
        exception
            is SlowStatementException
                or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
                // Npgsql throws this for a command timeout. Its other timeouts are those of opening a connection.
                or NpgsqlException { Message: "Exception while reading from stream", InnerException: TimeoutException };

    /// <summary>
    /// True if the lender is going to another database, where the request will succeed; nothing was done. The database
    /// itself is there, and the requests of other lenders succeed.
    /// </summary>
    public static bool IsMoving(Exception exception) => exception is PostgresException { SqlState: LenderMoves };

    /// <summary>True if the rows are locked by another transaction; nothing was done.</summary>
    public static bool IsLocked(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>
    /// True if the connection is at fault and a new one may succeed: it was lost in its pool, it leads to a standby, a
    /// migration has changed the results of its prepared statements, or it has lost them without Npgsql noticing (seen
    /// after a cancelled batch). Nothing is committed then, because a commit fails with
    /// <see cref="CommitUnsettledException"/>.
    /// </summary>
    public static bool IsStaleConnection(Exception exception) =>
        exception switch
        {
            PostgresException postgres => postgres.SqlState
                is PostgresErrorCodes.InvalidSqlStatementName
                    // The host was the primary and is a standby now: a new connection finds the primary.
                    or PostgresErrorCodes.ReadOnlySqlTransaction
                    or PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or "57P05"
                    or "25P03"
                || IsChangedResult(postgres),
            NpgsqlException { InnerException: IOException } => true,
            _ => false,
        };

    // "cached plan must not change result type". It is recognised by the function that raises it, because its code is a
    // general one and its text depends on the language of the database.
    private static bool IsChangedResult(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" };

    // An administrator has closed the database to connections. The code is a general one.
    private static bool IsClosed(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.ObjectNotInPrerequisiteState, Routine: "CheckMyDatabase" };

    /// <summary>Returns one line for the log, without a stack trace and without a request.</summary>
    public static string Describe(Exception exception) =>
        (
            exception switch
            {
                PostgresException postgres => $"{postgres.SqlState} {postgres.MessageText}",
                { InnerException: { } inner } => $"{exception.Message} ({inner.Message})",
                _ => exception.Message,
            }
        ).ReplaceLineEndings(" ");
}

/// <summary>A statement did not complete within its time limit.</summary>
/// <param name="seconds">The time limit, in seconds.</param>
/// <param name="inner">The exception of the timeout; null if there is none.</param>
public sealed class SlowStatementException(int seconds, Exception? inner = null)
    : TimeoutException($"The database took longer than {seconds} s.", inner)
{
    public int Seconds => seconds;
}

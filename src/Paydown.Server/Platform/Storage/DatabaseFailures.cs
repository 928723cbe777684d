using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>Tells a database that is away or full from one that says no.</summary>
public static class DatabaseFailures
{
    /// <summary>
    /// True where trying again later can help and nothing is wrong with the request: no connection, no answer in time,
    /// shutting down, out of connections, memory or disk, or a lock that was not to be had.
    /// </summary>
    public static bool IsAway(Exception e) =>
        e switch
        {
            PostgresException postgres => postgres.SqlState[..2] is "08" or "53" or "57" or "58"
                || postgres.SqlState is "55P03" or "25P03"
                || IsStaleConnection(e),
            NpgsqlException or TimeoutException or CommitUnsettledException or WritesStuckException => true,
            _ => false,
        };

    /// <summary>
    /// True where the database was reached, and did not end a statement in time. It may be the statement that is slow,
    /// or all of the database.
    /// </summary>
    public static bool IsSlow(Exception e) =>
        e
            is SlowStatementException
                or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
                // What Npgsql throws for a command timeout; the other timeouts are those of getting a connection.
                or NpgsqlException { Message: "Exception while reading from stream", InnerException: TimeoutException };

    /// <summary>True where something else holds the rows that are needed: nothing was done.</summary>
    public static bool IsHeld(Exception e) => e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>
    /// True where the connection is to blame and a new one does better: it was lost while it lay in its pool, or it
    /// prepared its statements before a migration changed their results, or it has lost them without Npgsql's
    /// knowledge (seen after a batch that was cut off). Nothing is committed by what failed so, for a commit fails with
    /// <see cref="CommitUnsettledException"/>.
    /// </summary>
    public static bool IsStaleConnection(Exception e) =>
        e switch
        {
            PostgresException postgres => postgres.SqlState
                is PostgresErrorCodes.InvalidSqlStatementName
                    or PostgresErrorCodes.AdminShutdown
                    or PostgresErrorCodes.CrashShutdown
                    or "57P05"
                    or "25P03"
                || IsChangedResult(postgres),
            NpgsqlException { InnerException: IOException } => true,
            _ => false,
        };

    // "cached plan must not change result type", known by the function that says so: its code is a general one, and the
    // words are in the language of the database.
    private static bool IsChangedResult(PostgresException e) =>
        e is { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" };

    /// <summary>One line for the log, without a stack. It names no request: these failures are not about one.</summary>
    public static string Describe(Exception e) =>
        (
            e switch
            {
                PostgresException postgres => $"{postgres.SqlState} {postgres.MessageText}",
                { InnerException: { } inner } => $"{e.Message} ({inner.Message})",
                _ => e.Message,
            }
        ).ReplaceLineEndings(" ");
}

/// <summary>Statements were not ended within the limit that was set for them.</summary>
/// <param name="seconds">The limit.</param>
/// <param name="inner">How it was noticed.</param>
public sealed class SlowStatementException(int seconds, Exception? inner = null)
    : TimeoutException($"The database took longer than {seconds} s.", inner)
{
    public int Seconds => seconds;
}

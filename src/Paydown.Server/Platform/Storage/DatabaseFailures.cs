using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>Tells a database that is away or full from one that says no.</summary>
public static class DatabaseFailures
{
    /// <summary>
    /// True where trying again later can help and nothing is wrong with the request: no connection, no answer in time,
    /// shutting down, out of connections, memory or disk, or a lock that was not to be had.
    /// </summary>
    public static bool IsAway(Exception e) => e switch
    {
        PostgresException postgres =>
            postgres.SqlState[..2] is "08" or "53" or "57" or "58" || postgres.SqlState is "55P03" or "25P03"
            || IsSpentConnection(e),
        NpgsqlException or TimeoutException => true,
        _ => false,
    };

    /// <summary>
    /// True where a connection has lost its prepared statements and Npgsql does not know it: seen after a batch that
    /// failed or was cut off. Each use of it fails before it does anything, until the connection is given up.
    /// </summary>
    public static bool IsSpentConnection(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.InvalidSqlStatementName };

    /// <summary>One line for the log, without a stack. It names no request: these failures are not about one.</summary>
    public static string Describe(Exception e) => (e switch
    {
        PostgresException postgres => $"{postgres.SqlState} {postgres.MessageText}",
        { InnerException: { } inner } => $"{e.Message} ({inner.Message})",
        _ => e.Message,
    }).ReplaceLineEndings(" ");
}

namespace Paydown.Server.Platform.Http;

internal static partial class HttpLog
{
    [LoggerMessage(1, LogLevel.Error, "{Route} failed")]
    public static partial void RequestFailed(ILogger logger, string route, Exception exception);

    /// <summary>Route, status and duration come from the scope.</summary>
    [LoggerMessage(3, LogLevel.Information, "Answered")]
    public static partial void Answered(ILogger logger);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "The database is away; {Count} requests refused, the last on {Route}: {Reason}"
    )]
    public static partial void DatabaseAway(ILogger logger, int count, string route, string reason);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "A statement took longer than {Seconds} s; {Count} requests refused, the last on {Route} (interaction "
            + "{InteractionId})"
    )]
    public static partial void StatementSlow(
        ILogger logger,
        int seconds,
        int count,
        string route,
        string interactionId
    );

    [LoggerMessage(
        13,
        LogLevel.Warning,
        "Commits are not acknowledged; {Count} requests refused, the last on {Route} (interaction {InteractionId}): "
            + "{Reason}"
    )]
    public static partial void CommitUnsettled(
        ILogger logger,
        int count,
        string route,
        string interactionId,
        string reason
    );

    [LoggerMessage(
        14,
        LogLevel.Warning,
        "Rows remained locked; {Count} requests refused, the last on {Route} (interaction {InteractionId})"
    )]
    public static partial void RowsLocked(ILogger logger, int count, string route, string interactionId);
}

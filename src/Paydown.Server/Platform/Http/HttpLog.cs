namespace Paydown.Server.Platform.Http;

internal static partial class HttpLog
{
    [LoggerMessage(1, LogLevel.Error, "{Route} failed")]
    public static partial void RequestFailed(ILogger logger, string route, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The database is away; {Count} requests refused, {Route} the last: {Reason}")]
    public static partial void DatabaseAway(ILogger logger, int count, string route, string reason);
}

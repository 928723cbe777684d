namespace Paydown.Server.Platform.Http;

internal static partial class HttpLog
{
    [LoggerMessage(1, LogLevel.Error, "{Route} failed")]
    public static partial void RequestFailed(ILogger logger, string route, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Route} was refused: the database does not answer: {Trouble}")]
    public static partial void DatabaseAway(ILogger logger, string route, string trouble);
}

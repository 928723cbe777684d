namespace Paydown.Server.Platform.Writes;

internal static partial class WritesLog
{
    [LoggerMessage(
        41,
        LogLevel.Warning,
        "Old idempotency keys and events could not be deleted; the next attempt is in an hour"
    )]
    public static partial void UpkeepFailed(ILogger logger, Exception exception);
}

namespace Paydown.Server.Platform.Outbox;

internal static partial class OutboxLog
{
    [LoggerMessage(
        42,
        LogLevel.Warning,
        "The outbox got no partition for the coming months; the next attempt is in an hour"
    )]
    public static partial void UpkeepFailed(ILogger logger, Exception exception);
}

namespace Paydown.Server.Platform.Idempotency;

internal static partial class IdempotencyLog
{
    [LoggerMessage(
        41,
        LogLevel.Warning,
        "Old idempotency keys could not be forgotten now; it is tried again in an hour"
    )]
    public static partial void UpkeepFailed(ILogger logger, Exception exception);
}

namespace Paydown.Server.Platform.Identity;

internal static partial class IdentityLog
{
    [LoggerMessage(20, LogLevel.Information, "Created signing key {KeyId}")]
    public static partial void KeyMade(ILogger logger, SigningKeyId keyId);

    [LoggerMessage(21, LogLevel.Information, "Listening for revoked sessions; {Count} are known")]
    public static partial void FeedListens(ILogger logger, int count);

    [LoggerMessage(
        27,
        LogLevel.Information,
        "The database is a standby: polling it for revoked sessions; {Count} are known"
    )]
    public static partial void FeedPolls(ILogger logger, int count);

    [LoggerMessage(22, LogLevel.Warning, "Lost the feed of revoked sessions until the database is back: {Reason}")]
    public static partial void FeedLost(ILogger logger, string reason);

    [LoggerMessage(24, LogLevel.Error, "The feed of revoked sessions failed and starts again")]
    public static partial void FeedFailed(ILogger logger, Exception exception);

    [LoggerMessage(25, LogLevel.Warning, "Could not record when API tokens were last used: {Reason}")]
    public static partial void UseNotWritten(ILogger logger, string reason);

    [LoggerMessage(23, LogLevel.Warning, "The upkeep of sessions and keys failed; the next attempt is in an hour")]
    public static partial void UpkeepFailed(ILogger logger, Exception exception);
}

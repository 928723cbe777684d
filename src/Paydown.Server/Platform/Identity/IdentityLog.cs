namespace Paydown.Server.Platform.Identity;

internal static partial class IdentityLog
{
    [LoggerMessage(20, LogLevel.Information, "Signing key {KeyId} was made")]
    public static partial void KeyMade(ILogger logger, Guid keyId);

    [LoggerMessage(21, LogLevel.Information, "Listening for revoked sessions; {Count} are known")]
    public static partial void FeedListens(ILogger logger, int count);

    [LoggerMessage(22, LogLevel.Warning, "The feed of revoked sessions is lost until the database is back: {Reason}")]
    public static partial void FeedLost(ILogger logger, string reason);

    [LoggerMessage(24, LogLevel.Error, "The feed of revoked sessions failed; it begins anew")]
    public static partial void FeedFailed(ILogger logger, Exception exception);

    [LoggerMessage(25, LogLevel.Warning, "When API tokens were last used could not be written: {Reason}")]
    public static partial void UseNotWritten(ILogger logger, string reason);

    [LoggerMessage(23, LogLevel.Warning, "The upkeep of sessions and keys failed; it is tried again in an hour")]
    public static partial void UpkeepFailed(ILogger logger, Exception exception);
}

using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

internal static partial class SignInLog
{
    [LoggerMessage(30, LogLevel.Information, "User {UserId} signed in (session {SessionId})")]
    public static partial void SignedIn(ILogger logger, UserId userId, SessionId sessionId);

    /// <summary>The user is null if nobody has the e-mail. The e-mail itself is never logged.</summary>
    [LoggerMessage(31, LogLevel.Warning, "A sign-in of user {UserId} was refused: {Code}")]
    public static partial void Refused(ILogger logger, UserId? userId, string code);

    [LoggerMessage(
        32,
        LogLevel.Warning,
        "A spent refresh token of user {UserId} was used again: session {SessionId} is revoked"
    )]
    public static partial void TokenReused(ILogger logger, UserId userId, SessionId sessionId);

    [LoggerMessage(33, LogLevel.Information, "User {UserId} signed out (session {SessionId})")]
    public static partial void SignedOut(ILogger logger, UserId userId, SessionId sessionId);

    /// <summary>Logged at most once per second.</summary>
    [LoggerMessage(34, LogLevel.Warning, "{Count} sign-ins, refreshes or registrations were over a limit")]
    public static partial void Limited(ILogger logger, int count);
}

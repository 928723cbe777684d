namespace Paydown.Server.Notices;

/// <summary>The log messages of notices.</summary>
internal static partial class NoticesLog
{
    [LoggerMessage(LogLevel.Warning, "The mail server cannot be used; notices are tried again.")]
    public static partial void ServerFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The mail server refused a notice with {Status}.")]
    public static partial void Refused(ILogger logger, int status);

    [LoggerMessage(LogLevel.Error, "Notices could not be sent; they are tried again.")]
    public static partial void SendingFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "Events could not be turned into notices; they are tried again.")]
    public static partial void WritingFailed(ILogger logger, Exception exception);
}

namespace Paydown.Server.Payments;

internal static partial class PaymentsLog
{
    [LoggerMessage(60, LogLevel.Warning, "The status report {File} was rejected: {Reason}")]
    public static partial void ReportRejected(ILogger logger, string file, string reason);

    [LoggerMessage(61, LogLevel.Warning, "The status report {File} cannot be opened: {Reason}")]
    public static partial void ReportUnreadable(ILogger logger, string file, string reason);
}

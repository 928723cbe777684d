namespace Paydown.Server.Payments;

internal static partial class PaymentsLog
{
    [LoggerMessage(60, LogLevel.Warning, "The status report {File} was rejected: {Reason}")]
    public static partial void ReportRejected(ILogger logger, string file, string reason);
}

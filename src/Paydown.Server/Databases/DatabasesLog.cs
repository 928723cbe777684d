namespace Paydown.Server.Databases;

/// <summary>The log lines of a server with several databases.</summary>
internal static partial class DatabasesLog
{
    [LoggerMessage(1, LogLevel.Information, "The database {Name} is served; it has {Count} lenders")]
    public static partial void Started(ILogger logger, string name, int count);

    [LoggerMessage(2, LogLevel.Error, "The database {Name} cannot be served now: {Reason}")]
    public static partial void NotStarted(ILogger logger, string name, string reason);

    [LoggerMessage(
        3,
        LogLevel.Critical,
        "The lender {Id} is on both {One} and {Other}; its requests are refused until it is on one only"
    )]
    public static partial void TwoHomes(ILogger logger, string id, string one, string other);
}

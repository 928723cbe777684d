using Paydown.Lending.Identifiers;

namespace Paydown.Server.Statements;

/// <summary>The log messages of bank statements: ids only.</summary>
internal static partial class StatementsLog
{
    [LoggerMessage(
        90,
        LogLevel.Warning,
        "The matching of bank statements of organisation {OrganisationId} was interrupted; what waits is "
            + "matched by the next import or by paydown work"
    )]
    public static partial void MatchingInterrupted(ILogger logger, OrganisationId organisationId, Exception exception);

    [LoggerMessage(91, LogLevel.Warning, "The matching of bank statements failed; it is tried again")]
    public static partial void MatchingFailed(ILogger logger, Exception exception);
}

using Paydown.Lending.Identifiers;

namespace Paydown.Server.Statements;

/// <summary>The log messages of bank statements: ids only.</summary>
internal static partial class StatementsLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The matching of bank statements of organisation {OrganisationId} was interrupted; what waits is "
            + "matched by the next import or by paydown work"
    )]
    public static partial void MatchingInterrupted(ILogger logger, OrganisationId organisationId, Exception exception);
}

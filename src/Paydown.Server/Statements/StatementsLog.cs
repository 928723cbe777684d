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

    [LoggerMessage(92, LogLevel.Information, "The bank statements of file {File} were imported")]
    public static partial void FileImported(ILogger logger, string file);

    [LoggerMessage(93, LogLevel.Warning, "File {File} has {Count} bank statements that an officer must confirm")]
    public static partial void FileHeld(ILogger logger, string file, int count);

    [LoggerMessage(94, LogLevel.Warning, "File {File} was rejected; a file beside it says why")]
    public static partial void FileRejected(ILogger logger, string file);

    [LoggerMessage(95, LogLevel.Error, "File {File} cannot be read or moved; it is ignored until it changes")]
    public static partial void FileUnreadable(ILogger logger, string file, Exception exception);

    [LoggerMessage(96, LogLevel.Error, "The folder of bank statements cannot be read; it is tried again")]
    public static partial void FolderFailed(ILogger logger, Exception exception);
}

using Paydown.Lending.Identifiers;

namespace Paydown.Server.EndOfDay;

/// <summary>The log messages of the end of day: ids only.</summary>
internal static partial class EndOfDayLog
{
    [LoggerMessage(
        100,
        LogLevel.Information,
        "The end of day {Day} of organisation {OrganisationId} is complete: {Loans} loans, {Entries} entries"
    )]
    public static partial void Ended(
        ILogger logger,
        OrganisationId organisationId,
        DateOnly day,
        int loans,
        int entries
    );

    [LoggerMessage(101, LogLevel.Error, "Loan {LoanId} was set aside by the end of day: {Reason}")]
    public static partial void SetAside(ILogger logger, LoanId loanId, string reason);

    [LoggerMessage(102, LogLevel.Warning, "The end of day was interrupted; it goes on with what is left")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(
        103,
        LogLevel.Error,
        "The end of day {Day} of organisation {OrganisationId} failed; it is tried again"
    )]
    public static partial void RunFailed(
        ILogger logger,
        Exception exception,
        OrganisationId organisationId,
        DateOnly day
    );
}

namespace Paydown.Client;

/// <summary>
/// Documents as PDF: a customer's own, and for officers those of all customers. Each call copies the file to a stream
/// and returns the name that the server gives it. The same events give the same file.
/// </summary>
public sealed class DocumentCalls
{
    private readonly Caller caller;

    internal DocumentCalls(Caller caller) => this.caller = caller;

    /// <summary>
    /// Downloads the receipt of a repayment. For one that does not count, it is a confirmation of the report.
    /// </summary>
    public Task<string> DownloadReceiptAsync(
        Guid repaymentId,
        Stream destination,
        CancellationToken cancellationToken = default
    ) =>
        caller.DownloadAsync(
            Routes.DownloadReceipt,
            Routes.DownloadReceipt.To(repaymentId),
            destination,
            cancellationToken
        );

    /// <summary>Downloads the statement of a loan account.</summary>
    /// <param name="accountId">The loan account.</param>
    /// <param name="destination">Receives the file.</param>
    /// <param name="from">The first day; null for the day of the first event.</param>
    /// <param name="to">The last day; null for today.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<string> DownloadStatementAsync(
        Guid accountId,
        Stream destination,
        DateOnly? from = null,
        DateOnly? to = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.DownloadAsync(
            Routes.DownloadStatement,
            Caller.Query(Routes.DownloadStatement.To(accountId), ("from", from), ("to", to)),
            destination,
            cancellationToken
        );

    /// <summary>Downloads the schedule of a loan account as of today.</summary>
    public Task<string> DownloadScheduleAsync(
        Guid accountId,
        Stream destination,
        CancellationToken cancellationToken = default
    ) =>
        caller.DownloadAsync(
            Routes.DownloadSchedule,
            Routes.DownloadSchedule.To(accountId),
            destination,
            cancellationToken
        );

    /// <summary>Downloads the last offer of an application.</summary>
    public Task<string> DownloadOfferAsync(
        Guid loanApplicationId,
        Stream destination,
        CancellationToken cancellationToken = default
    ) =>
        caller.DownloadAsync(
            Routes.DownloadOffer,
            Routes.DownloadOffer.To(loanApplicationId),
            destination,
            cancellationToken
        );
}

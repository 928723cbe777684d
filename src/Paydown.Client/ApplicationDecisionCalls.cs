using System.Text.Json.Serialization.Metadata;

namespace Paydown.Client;

/// <summary>
/// What officers see of applications, and what managers decide. Each write takes an idempotency key as
/// <see cref="RepaymentCalls.ReportAsync"/> does.
/// </summary>
public sealed class ApplicationDecisionCalls
{
    private readonly Caller caller;

    internal ApplicationDecisionCalls(Caller caller) => this.caller = caller;

    /// <summary>An application with its score, checks and events.</summary>
    public Task<OfficerApplication> GetAsync(Guid loanApplicationId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.OfficersApplication,
            Routes.OfficersApplication.To(loanApplicationId),
            PaydownJson.Default.OfficerApplicationAnswer,
            cancellationToken
        );

    /// <summary>The applications of the organisation, newest first, page by page, without their events.</summary>
    public IAsyncEnumerable<OfficerApplication> ListAsync(
        ApplicationStatus? status = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.OfficersApplications,
            Caller.Query(Routes.OfficersApplications.To(), ("status", status)),
            PaydownJson.Default.OfficerApplicationsAnswer,
            cancellationToken
        );

    /// <summary>One page of the applications of the organisation; its size is at most 50.</summary>
    public Task<Page<OfficerApplication>> GetPageAsync(
        PagePosition page,
        int size = 10,
        ApplicationStatus? status = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.OfficersApplications,
            Caller.Query(Routes.OfficersApplications.To(), ("status", status)),
            page,
            size,
            PaydownJson.Default.OfficerApplicationsAnswer,
            cancellationToken
        );

    /// <summary>Approves an application; above the product's amount a second manager approves the same terms.</summary>
    public Task<OfficerApplication> ApproveAsync(
        Guid loanApplicationId,
        ApprovedTerms? terms = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        DecideAsync(
            Routes.ApproveApplication,
            loanApplicationId,
            terms ?? new(),
            PaydownJson.Default.ApprovedTerms,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>Rejects an application. The customer is shown the reason.</summary>
    public Task<OfficerApplication> RejectAsync(
        Guid loanApplicationId,
        string reason,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        DecideAsync(
            Routes.RejectApplication,
            loanApplicationId,
            new ReasonGiven(reason),
            PaydownJson.Default.ReasonGiven,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>
    /// Sends the offer of an approved application, or a new one instead of an accepted one; with another first due date
    /// than the approved one if it is named.
    /// </summary>
    public Task<OfficerApplication> SendOfferAsync(
        Guid loanApplicationId,
        DateOnly? firstDueDate = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        DecideAsync(
            Routes.SendOffer,
            loanApplicationId,
            new OfferWanted(firstDueDate),
            PaydownJson.Default.OfferWanted,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>Pays a loan out to the customer's wallet: all that is left, or a part of it.</summary>
    public Task<DisbursedLoan> DisburseAsync(
        Guid loanApplicationId,
        decimal? amount = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.DisburseLoan,
            Routes.DisburseLoan.To(loanApplicationId),
            new DisbursementWanted(amount),
            PaydownJson.Default.DisbursementWanted,
            PaydownJson.Default.DisbursedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Cancels an application before the loan is paid out.</summary>
    public Task<OfficerApplication> CancelAsync(
        Guid loanApplicationId,
        string? reason = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        DecideAsync(
            Routes.CancelForOfficer,
            loanApplicationId,
            new ReasonGiven(reason),
            PaydownJson.Default.ReasonGiven,
            idempotencyKey,
            cancellationToken
        );

    private Task<OfficerApplication> DecideAsync<TBody>(
        Route route,
        Guid id,
        TBody body,
        JsonTypeInfo<TBody> type,
        string? key,
        CancellationToken token
    ) => caller.SendAsync(route, route.To(id), body, type, PaydownJson.Default.OfficerApplicationAnswer, token, key);
}

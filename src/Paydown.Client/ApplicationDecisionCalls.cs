using System.Text.Json.Serialization.Metadata;

namespace Paydown.Client;

/// <summary>
/// Applications, for officers. Managers decide them. Each write takes an idempotency key, as
/// <see cref="RepaymentCalls.ReportAsync"/> does.
/// </summary>
public sealed class ApplicationDecisionCalls
{
    private readonly Caller caller;

    internal ApplicationDecisionCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets an application with its score, checks and events.</summary>
    public Task<OfficerApplication> GetAsync(Guid loanApplicationId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.OfficersApplication,
            Routes.OfficersApplication.To(loanApplicationId),
            PaydownJson.Default.OfficerApplicationAnswer,
            cancellationToken
        );

    /// <summary>Lists the applications of the organisation, newest first, without their events.</summary>
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

    /// <summary>Gets one page of the applications of the organisation; at most 50.</summary>
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

    /// <summary>Approves an application. Above the product's limit a second manager approves the same terms.</summary>
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

    /// <summary>Rejects an application. The customer sees the reason.</summary>
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
    /// Sends the offer of an approved application, or a new offer in place of an accepted one. A first due date
    /// replaces the approved one.
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

    /// <summary>Disburses a loan to the customer's wallet: all that is left, or a part of it.</summary>
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

    /// <summary>Cancels an application before the loan is disbursed.</summary>
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

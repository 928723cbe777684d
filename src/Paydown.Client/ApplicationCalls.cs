namespace Paydown.Client;

/// <summary>
/// Applications and offers, for customers and agents. Each write takes an idempotency key, as
/// <see cref="RepaymentCalls.ReportAsync"/> does.
/// </summary>
public sealed class ApplicationCalls
{
    private readonly Caller caller;

    internal ApplicationCalls(Caller caller) => this.caller = caller;

    /// <summary>Applies for a loan. A rejection is a normal response with a reason, not an exception.</summary>
    public Task<ApplicationDetails> RequestAsync(
        NewApplication application,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RequestLoan,
            Routes.RequestLoan.To(),
            application,
            PaydownJson.Default.NewApplication,
            PaydownJson.Default.ApplicationAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Gets an application and its status.</summary>
    public Task<ApplicationDetails> GetAsync(Guid loanApplicationId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ApplicationDetails,
            Routes.ApplicationDetails.To(loanApplicationId),
            PaydownJson.Default.ApplicationAnswer,
            cancellationToken
        );

    /// <summary>Lists the applications that the signed-in agent made, newest first.</summary>
    public IAsyncEnumerable<ApplicationDetails> ListRequestedAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.RequestedApplications,
            Routes.RequestedApplications.To(),
            PaydownJson.Default.ApplicationsAnswer,
            cancellationToken
        );

    /// <summary>Gets the offers that the customer can accept now, newest first.</summary>
    public async Task<IReadOnlyList<OpenOffer>> GetOffersAsync(CancellationToken cancellationToken = default) =>
        await caller.SendAsync(
            Routes.LoanOffers,
            Routes.LoanOffers.To(),
            PaydownJson.Default.OffersAnswer,
            cancellationToken
        );

    /// <summary>Accepts an offer.</summary>
    public Task<ApplicationStanding> AcceptOfferAsync(
        Guid loanApplicationId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => StepAsync(Routes.AcceptOffer, loanApplicationId, idempotencyKey, cancellationToken);

    /// <summary>Rejects an offer.</summary>
    public Task<ApplicationStanding> RejectOfferAsync(
        Guid loanApplicationId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => StepAsync(Routes.RejectOffer, loanApplicationId, idempotencyKey, cancellationToken);

    /// <summary>Accepts an offer or withdraws from it.</summary>
    public Task<UpdatedApplication> AnswerAsync(
        Guid loanApplicationId,
        bool accept,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.UpdateApplication,
            Caller.Query(Routes.UpdateApplication.To(loanApplicationId), ("status", accept)),
            PaydownJson.Default.UpdatedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Accepts the terms and conditions. The loan may be disbursed at once.</summary>
    public Task<ApplicationStanding> AcceptTermsAsync(
        Guid loanApplicationId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => StepAsync(Routes.AcceptTerms, loanApplicationId, idempotencyKey, cancellationToken);

    /// <summary>Cancels an application before the loan is disbursed.</summary>
    public Task<ApplicationStanding> CancelAsync(
        Guid loanApplicationId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => StepAsync(Routes.CancelApplication, loanApplicationId, idempotencyKey, cancellationToken);

    private Task<ApplicationStanding> StepAsync(Route route, Guid id, string? key, CancellationToken token) =>
        caller.SendAsync(route, route.To(id), PaydownJson.Default.StandingAnswer, token, key);
}

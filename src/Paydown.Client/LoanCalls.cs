namespace Paydown.Client;

/// <summary>Loans of customers. Officers may read the loans of all customers of their organisation.</summary>
public sealed class LoanCalls
{
    private readonly Caller caller;

    internal LoanCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets a loan with its installments.</summary>
    public Task<LoanDetails> GetAsync(Guid loanApplicationId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.LoanDetails,
            Routes.LoanDetails.To(loanApplicationId),
            PaydownJson.Default.LoanAnswer,
            cancellationToken
        );

    /// <summary>
    /// Gets the fees and penalties of a loan, with their reasons. Here, as in all these calls, use the account id for a
    /// loan without an application.
    /// </summary>
    public async Task<IReadOnlyList<LoanCharge>> GetChargesAsync(
        Guid loanApplicationId,
        CancellationToken cancellationToken = default
    ) =>
        await caller.SendAsync(
            Routes.LoanCharges,
            Routes.LoanCharges.To(loanApplicationId),
            PaydownJson.Default.LoanChargesAnswer,
            cancellationToken
        );

    /// <summary>Gets a customer's active loans, without their installments.</summary>
    public async Task<IReadOnlyList<LoanDetails>> GetActiveAsync(
        Guid customerId,
        CancellationToken cancellationToken = default
    ) =>
        await caller.SendAsync(
            Routes.ListActiveLoans,
            Routes.ListActiveLoans.To(customerId),
            PaydownJson.Default.LoansAnswer,
            cancellationToken
        );

    /// <summary>
    /// Lists all loans of a customer, and applications that did not become loans, newest first, without installments.
    /// </summary>
    public IAsyncEnumerable<LoanDetails> ListAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.LoanHistory,
            Routes.LoanHistory.To(customerId),
            PaydownJson.Default.LoansAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of a customer's loans and applications; at most 50.</summary>
    public Task<Page<LoanDetails>> GetPageAsync(
        Guid customerId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.LoanHistory,
            Routes.LoanHistory.To(customerId),
            page,
            size,
            PaydownJson.Default.LoansAnswer,
            cancellationToken
        );

    /// <summary>Lists the events of a loan account with what each changed, oldest first.</summary>
    public IAsyncEnumerable<HistoryEvent> ListEventsAsync(
        Guid accountId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.LoanEvents,
            Routes.LoanEvents.To(accountId),
            PaydownJson.Default.HistoryAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the events of a loan account; at most 50.</summary>
    public Task<Page<HistoryEvent>> GetEventPageAsync(
        Guid accountId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.LoanEvents,
            Routes.LoanEvents.To(accountId),
            page,
            size,
            PaydownJson.Default.HistoryAnswer,
            cancellationToken
        );

    /// <summary>Gets what a customer borrowed, repaid and owes over all loans.</summary>
    public Task<LoanTotals> GetTotalsAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.LoanTotals,
            Routes.LoanTotals.To(customerId),
            PaydownJson.Default.TotalsAnswer,
            cancellationToken
        );
}

namespace Paydown.Client;

/// <summary>What customers see of their loans; officers see those of all customers of their organisation.</summary>
public sealed class LoanCalls
{
    private readonly Caller caller;

    internal LoanCalls(Caller caller) => this.caller = caller;

    /// <summary>A loan with the history of its installments.</summary>
    public Task<LoanDetails> GetAsync(Guid loanApplicationId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.LoanDetails,
            Routes.LoanDetails.To(loanApplicationId),
            PaydownJson.Default.LoanAnswer,
            cancellationToken
        );

    /// <summary>
    /// The fees and penalties of a loan with their reasons. As in every call here, a loan without application is named
    /// by its account.
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

    /// <summary>The loans that a customer is paying back, without their installments.</summary>
    public async Task<IReadOnlyList<LoanDetails>> GetRunningAsync(
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
    /// All loans of a customer, and the applications that became none, newest first, page by page, without their
    /// installments.
    /// </summary>
    public IAsyncEnumerable<LoanDetails> ListAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.LoanHistory,
            Routes.LoanHistory.To(customerId),
            PaydownJson.Default.LoansAnswer,
            cancellationToken
        );

    /// <summary>One page of all loans of a customer; its size is at most 50.</summary>
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

    /// <summary>What a customer borrowed, paid and owes over all loans.</summary>
    public Task<LoanTotals> GetTotalsAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.LoanTotals,
            Routes.LoanTotals.To(customerId),
            PaydownJson.Default.TotalsAnswer,
            cancellationToken
        );
}

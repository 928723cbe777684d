namespace Paydown.Client;

/// <summary>Repayments of customers: report, withdraw, list, pay off.</summary>
public sealed class RepaymentCalls
{
    private readonly Caller caller;

    internal RepaymentCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets how to pay a loan: amount, account and reference.</summary>
    public Task<RepaymentInstructions> GetInstructionsAsync(
        Guid loanApplicationId,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RepaymentInstructions,
            Routes.RepaymentInstructions.To(loanApplicationId),
            PaydownJson.Default.InstructionsAnswer,
            cancellationToken
        );

    /// <summary>Reports a repayment that was sent by bank transfer. It then awaits verification.</summary>
    /// <param name="report">The repayment.</param>
    /// <param name="idempotencyKey">
    /// A repayment is recorded once per key. Null creates a new key for this call and its retries. To stay safe if the
    /// program restarts, create a key, store it with the payment and pass it each time.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the repayment may still be recorded.</param>
    public Task<RepaymentRecorded> ReportAsync(
        RepaymentReport report,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(report);
        return caller.SendAsync(
            Routes.RepayLoan,
            Routes.RepayLoan.To(report.CustomerId),
            report,
            PaydownJson.Default.RepaymentReport,
            PaydownJson.Default.RecordedAnswer,
            cancellationToken,
            idempotencyKey
        );
    }

    /// <summary>Gets one of the customer's own repayments.</summary>
    public Task<CustomerRepayment> GetAsync(Guid repaymentId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetOwnRepayment,
            Routes.GetOwnRepayment.To(repaymentId),
            PaydownJson.Default.OwnRepaymentAnswer,
            cancellationToken
        );

    /// <summary>Withdraws a mistaken report that no officer has approved or decided.</summary>
    public Task<WithdrawnRepayment> WithdrawAsync(
        Guid repaymentId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.WithdrawRepayment,
            Routes.WithdrawRepayment.To(repaymentId),
            PaydownJson.Default.WithdrawnAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>
    /// Streams all repayments of a customer, newest first. Memory use does not grow with the list. A broken stream is
    /// not retried: the records that had arrived come first, then the exception.
    /// </summary>
    public IAsyncEnumerable<CustomerRepayment> ListAsync(
        Guid customerId,
        CustomerRepaymentFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.StreamAsync(
            Routes.ListCustomerRepayments,
            ListAddress(customerId, filter),
            PaydownJson.Default.CustomerRepayment,
            cancellationToken
        );

    /// <summary>Gets one page of a customer's repayments, newest first.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="page">The page number, from 1, or the previous page's <see cref="Page{T}.Next"/>.</param>
    /// <param name="size">The number of records per page, at most 200.</param>
    /// <param name="filter">Selects repayments; null selects all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Page<CustomerRepayment>> GetPageAsync(
        Guid customerId,
        PagePosition page,
        int size = 10,
        CustomerRepaymentFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListCustomerRepayments,
            ListAddress(customerId, filter),
            page,
            size,
            PaydownJson.Default.CustomerRepaymentsAnswer,
            cancellationToken
        );

    /// <summary>Lists the installments that a customer still has to pay, earliest due first.</summary>
    public IAsyncEnumerable<PendingInstallment> ListPendingAsync(
        Guid userId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.PendingRepayments,
            Routes.PendingRepayments.To(userId),
            PaydownJson.Default.PendingAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the installments that a customer still has to pay; at most 50.</summary>
    public Task<Page<PendingInstallment>> GetPendingPageAsync(
        Guid userId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.PendingRepayments,
            Routes.PendingRepayments.To(userId),
            page,
            size,
            PaydownJson.Default.PendingAnswer,
            cancellationToken
        );

    /// <summary>Gets a customer's completed repayments, newest first.</summary>
    public async Task<IReadOnlyList<RepaidTransaction>> GetRepaidAsync(
        Guid userId,
        CancellationToken cancellationToken = default
    ) =>
        await caller.SendAsync(
            Routes.RepaidTransactions,
            Routes.RepaidTransactions.To(userId),
            PaydownJson.Default.RepaidAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of a customer's completed repayments; at most 50.</summary>
    public Task<Page<RepaidTransaction>> GetRepaidPageAsync(
        Guid userId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.RepaidTransactions,
            Routes.RepaidTransactions.To(userId),
            page,
            size,
            PaydownJson.Default.RepaidAnswer,
            cancellationToken
        );

    /// <summary>Gets the amount that closes a loan on a day; null means today.</summary>
    public Task<PayoffQuote> GetPayoffQuoteAsync(
        Guid loanApplicationId,
        DateOnly? date = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.PayoffQuote,
            Caller.Query(Routes.PayoffQuote.To(loanApplicationId), ("date", date)),
            PaydownJson.Default.QuoteAnswer,
            cancellationToken
        );

    /// <summary>Pays off a loan.</summary>
    /// <param name="payoff">The loan and the payment method.</param>
    /// <param name="idempotencyKey">As for <see cref="ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the payoff may still be recorded.</param>
    public Task<PayoffAnswer> PayOffAsync(
        PayoffRequest payoff,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.PayoffLoan,
            Routes.PayoffLoan.To(),
            payoff,
            PaydownJson.Default.PayoffRequest,
            PaydownJson.Default.PayoffAnswered,
            cancellationToken,
            idempotencyKey
        );

    private static string ListAddress(Guid customerId, CustomerRepaymentFilter? filter) =>
        Caller.Query(
            Routes.ListCustomerRepayments.To(customerId),
            ("status", filter?.Status),
            ("loanApplicationId", filter?.LoanApplicationId)
        );
}

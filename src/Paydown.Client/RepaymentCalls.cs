namespace Paydown.Client;

/// <summary>What customers do about repayments.</summary>
public sealed class RepaymentCalls
{
    private readonly Caller caller;

    internal RepaymentCalls(Caller caller) => this.caller = caller;

    /// <summary>How to pay a loan: amount, account and reference.</summary>
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

    /// <summary>Reports a repayment that was sent by bank transfer; it then waits for an officer.</summary>
    /// <param name="report">What was sent.</param>
    /// <param name="idempotencyKey">
    /// Under one key a repayment is recorded once. Null: a new key for this call and its retries. To be safe over a
    /// restart of the program, make a key, store it with the payment, and give it here every time.
    /// </param>
    /// <param name="cancellationToken">Stops waiting; the repayment may be recorded all the same.</param>
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

    /// <summary>Withdraws a mistaken report; it must be one that no officer has approved or decided.</summary>
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
    /// All repayments of a customer, newest first, as they arrive: flat in memory however many there are. One that
    /// breaks off is not begun anew; the exception comes behind the records that had arrived.
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

    /// <summary>One page of the repayments of a customer, newest first.</summary>
    /// <param name="customerId">Whose repayments.</param>
    /// <param name="page">Its number, from 1, or the <see cref="Page{T}.Next"/> of the page before it.</param>
    /// <param name="size">At most 200.</param>
    /// <param name="filter">Which of them; null: all.</param>
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

    /// <summary>The installments that a customer has still to pay, earliest due first, page by page.</summary>
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

    /// <summary>One page of the installments that a customer has still to pay; its size is at most 50.</summary>
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

    /// <summary>The repayments of a customer that count, newest first.</summary>
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

    /// <summary>One page of the repayments of a customer that count; its size is at most 50.</summary>
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

    /// <summary>What closes a loan on a day; null: today.</summary>
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
    /// <param name="payoff">Which loan, and how.</param>
    /// <param name="idempotencyKey">As for <see cref="ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the payoff may be recorded all the same.</param>
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

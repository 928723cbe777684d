using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Paydown.Client;

/// <summary>
/// Repayments and loans, for cashiers and managers. Each write takes an idempotency key, as
/// <see cref="RepaymentCalls.ReportAsync"/> does.
/// </summary>
public sealed class OfficerCalls
{
    private readonly Caller caller;

    internal OfficerCalls(Caller caller) => this.caller = caller;

    /// <summary>Lists the repayments of the organisation, newest first unless the filter says otherwise.</summary>
    public IAsyncEnumerable<OfficerRepayment> ListRepaymentsAsync(
        OfficerRepaymentFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.OfficersRepayments,
            ListAddress(filter),
            PaydownJson.Default.OfficerRepaymentsAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the repayments of the organisation; at most 50.</summary>
    public Task<Page<OfficerRepayment>> GetRepaymentPageAsync(
        PagePosition page,
        int size = 10,
        OfficerRepaymentFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.OfficersRepayments,
            ListAddress(filter),
            page,
            size,
            PaydownJson.Default.OfficerRepaymentsAnswer,
            cancellationToken
        );

    /// <summary>Lists the loans of the organisation, newest first unless the filter says otherwise.</summary>
    public IAsyncEnumerable<ListedLoan> ListLoansAsync(
        LoanFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.OfficersLoans,
            LoansAddress(filter),
            PaydownJson.Default.ListedLoansAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the loans of the organisation; at most 50.</summary>
    public Task<Page<ListedLoan>> GetLoanPageAsync(
        PagePosition page,
        int size = 10,
        LoanFilter? filter = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.OfficersLoans,
            LoansAddress(filter),
            page,
            size,
            PaydownJson.Default.ListedLoansAnswer,
            cancellationToken
        );

    /// <summary>
    /// Lists the events of a loan account, oldest first: what each changed, who recorded it and why, and its journal
    /// entries.
    /// </summary>
    public IAsyncEnumerable<HistoryEvent> ListLoanEventsAsync(
        Guid accountId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.OfficersLoanEvents,
            Routes.OfficersLoanEvents.To(accountId),
            PaydownJson.Default.HistoryAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the events of a loan account with their journal entries; at most 50.</summary>
    public Task<Page<HistoryEvent>> GetLoanEventPageAsync(
        Guid accountId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.OfficersLoanEvents,
            Routes.OfficersLoanEvents.To(accountId),
            page,
            size,
            PaydownJson.Default.HistoryAnswer,
            cancellationToken
        );

    /// <summary>Lists the acts that await a second officer, the first to expire first.</summary>
    public IAsyncEnumerable<ListedApproval> ListApprovalsAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListApprovals,
            Routes.ListApprovals.To(),
            PaydownJson.Default.ListedApprovalsAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the acts that await a second officer; at most 50.</summary>
    public Task<Page<ListedApproval>> GetApprovalPageAsync(
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListApprovals,
            Routes.ListApprovals.To(),
            page,
            size,
            PaydownJson.Default.ListedApprovalsAnswer,
            cancellationToken
        );

    /// <summary>
    /// Records money that has arrived without a report, such as cash. Another officer must verify it.
    /// </summary>
    public Task<RepaymentDetails> RecordRepaymentAsync(
        NewRepayment repayment,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.RecordRepayment,
            Routes.RecordRepayment.To(),
            repayment,
            PaydownJson.Default.NewRepayment,
            PaydownJson.Default.RepaymentDetailsAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Gets a repayment with its report, decisions and allocation.</summary>
    public Task<RepaymentDetails> GetRepaymentAsync(Guid repaymentId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetRepayment,
            Routes.GetRepayment.To(repaymentId),
            PaydownJson.Default.RepaymentDetailsAnswer,
            cancellationToken
        );

    /// <summary>Confirms that a repayment has arrived. From then on it counts.</summary>
    public Task<DecidedRepayment> VerifyRepaymentAsync(
        Guid repaymentId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.VerifyRepayment,
            Routes.VerifyRepayment.To(repaymentId),
            PaydownJson.Default.DecidedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Confirms that a repayment has arrived, with another amount or date than reported.</summary>
    public Task<DecidedRepayment> VerifyRepaymentAsync(
        Guid repaymentId,
        RepaymentCorrection correction,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.VerifyRepayment,
            repaymentId,
            correction,
            PaydownJson.Default.RepaymentCorrection,
            PaydownJson.Default.DecidedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Rejects a repayment that has not arrived. The customer sees the reason.</summary>
    public Task<DecidedRepayment> RejectRepaymentAsync(
        Guid repaymentId,
        string reason,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.RejectRepayment,
            repaymentId,
            new ReasonGiven(reason),
            PaydownJson.Default.ReasonGiven,
            PaydownJson.Default.DecidedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Reverses a verified repayment. The customer sees the reason.</summary>
    public Task<DecidedRepayment> ReverseRepaymentAsync(
        Guid repaymentId,
        string reason,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.ReverseRepayment,
            repaymentId,
            new ReasonGiven(reason),
            PaydownJson.Default.ReasonGiven,
            PaydownJson.Default.DecidedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Applies a fee or a penalty to a loan.</summary>
    public Task<AppliedCharge> ApplyChargeAsync(
        Guid accountId,
        NewCharge charge,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.ApplyCharge,
            accountId,
            charge,
            PaydownJson.Default.NewCharge,
            PaydownJson.Default.ChargeAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Gets the fees and penalties of a loan, including those under its terms.</summary>
    public async Task<IReadOnlyList<ListedCharge>> GetChargesAsync(
        Guid accountId,
        CancellationToken cancellationToken = default
    ) =>
        await caller.SendAsync(
            Routes.ListCharges,
            Routes.ListCharges.To(accountId),
            PaydownJson.Default.ChargesAnswer,
            cancellationToken
        );

    /// <summary>Explains the interest that a loan has earned by the end of a day.</summary>
    /// <param name="accountId">The loan account.</param>
    /// <param name="asOf">The day, not after today; null for today.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<AccruedInterest> GetAccruedInterestAsync(
        Guid accountId,
        DateOnly? asOf = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.AccruedInterest,
            Caller.Query(
                Routes.AccruedInterest.To(accountId),
                ("asOf", asOf?.ToString("O", CultureInfo.InvariantCulture))
            ),
            PaydownJson.Default.AccruedInterestAnswer,
            cancellationToken
        );

    /// <summary>Gets the charges, waivers, refunds and write-offs of a loan, newest first.</summary>
    public async Task<IReadOnlyList<ListedAct>> GetActsAsync(
        Guid accountId,
        CancellationToken cancellationToken = default
    ) =>
        await caller.SendAsync(
            Routes.ListActs,
            Routes.ListActs.To(accountId),
            PaydownJson.Default.ActsAnswer,
            cancellationToken
        );

    /// <summary>Undoes a charge, a waiver, a refund or a write-off. A refund returns from the wallet.</summary>
    public Task<UndoneAct> UndoActAsync(
        Guid accountId,
        Guid actId,
        string reason,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.UndoAct,
            Routes.UndoAct.To(accountId, actId),
            new ReasonGiven(reason),
            PaydownJson.Default.ReasonGiven,
            PaydownJson.Default.UndoneActAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Waives the unpaid part of a charge or of interest.</summary>
    public Task<AppliedWaiver> WaiveAsync(
        Guid accountId,
        NewWaiver waiver,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.WaiveDebt,
            accountId,
            waiver,
            PaydownJson.Default.NewWaiver,
            PaydownJson.Default.WaiverAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Refunds an overpayment, or a part of it, to the customer's wallet.</summary>
    public Task<RefundedOverpayment> RefundOverpaymentAsync(
        Guid accountId,
        OverpaymentRefund refund,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.RefundOverpayment,
            accountId,
            refund,
            PaydownJson.Default.OverpaymentRefund,
            PaydownJson.Default.RefundAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>
    /// Writes a loan off. If two managers must agree, the first call only records an approval.
    /// </summary>
    public Task<WrittenOffLoan> WriteOffLoanAsync(
        Guid accountId,
        string reason,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.WriteOffLoan,
            accountId,
            new ReasonGiven(reason),
            PaydownJson.Default.ReasonGiven,
            PaydownJson.Default.WriteOffAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Hands collection of a loan to a third party; null takes it back.</summary>
    public Task<ThirdPartyCollection> SetThirdPartyCollectionAsync(
        Guid accountId,
        string? collector,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.SetThirdPartyCollection,
            accountId,
            new CollectionWanted(collector is not null, collector),
            PaydownJson.Default.CollectionWanted,
            PaydownJson.Default.CollectionAnswer,
            cancellationToken,
            idempotencyKey
        );

    private Task<T> SendAsync<TBody, T>(
        Route route,
        Guid id,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<Envelope<T>> type,
        CancellationToken token,
        string? key = null
    ) => caller.SendAsync(route, route.To(id), body, bodyType, type, token, key);

    private static string ListAddress(OfficerRepaymentFilter? filter) =>
        Caller.Query(
            Routes.OfficersRepayments.To(),
            ("loanApplicationId", filter?.LoanApplicationId),
            ("status", filter?.Status),
            ("startDate", filter?.StartDate),
            ("endDate", filter?.EndDate),
            ("customerId", filter?.CustomerId),
            ("accountId", filter?.AccountId),
            ("reference", filter?.Reference),
            ("amount", filter?.Amount),
            ("bankAccountNumber", filter?.BankAccountNumber),
            ("search", filter?.Search),
            ("order", filter is { OldestFirst: true } ? "OLDEST_FIRST" : null)
        );

    private static string LoansAddress(LoanFilter? filter) =>
        Caller.Query(
            Routes.OfficersLoans.To(),
            ("search", filter?.Search),
            ("state", filter?.State),
            ("overdueDays", filter?.OverdueDays),
            ("product", filter?.Product),
            ("order", filter is { EarliestDueFirst: true } ? "EARLIEST_DUE_FIRST" : null)
        );
}

using System.Text.Json.Serialization.Metadata;

namespace Paydown.Client;

/// <summary>
/// Changes of what was agreed on a running loan, for managers. Each can be shown without effect by <c>DryRun</c>, and
/// takes an idempotency key, as <see cref="RepaymentCalls.ReportAsync"/> does. If two managers must agree, the first
/// call only records an approval.
/// </summary>
public sealed class LoanActCalls
{
    private readonly Caller caller;

    internal LoanActCalls(Caller caller) => this.caller = caller;

    /// <summary>Agrees other installments to come.</summary>
    public Task<ChangedLoan> RescheduleAsync(
        Guid accountId,
        Rescheduling rescheduling,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.RescheduleLoan,
            accountId,
            rescheduling,
            PaydownJson.Default.Rescheduling,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>Spreads all that is unpaid over new installments.</summary>
    public Task<ChangedLoan> ReAgeAsync(
        Guid accountId,
        ReAging reAging,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(Routes.ReAgeLoan, accountId, reAging, PaydownJson.Default.ReAging, idempotencyKey, cancellationToken);

    /// <summary>Spreads what is overdue over the installments to come.</summary>
    public Task<ChangedLoan> ReAmortizeAsync(
        Guid accountId,
        ReAmortization reAmortization,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.ReAmortizeLoan,
            accountId,
            reAmortization,
            PaydownJson.Default.ReAmortization,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>Agrees days without interest.</summary>
    public Task<ChangedLoan> PauseInterestAsync(
        Guid accountId,
        InterestPause pause,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.PauseInterest,
            accountId,
            pause,
            PaydownJson.Default.InterestPause,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>Agrees days that do not count as past due.</summary>
    public Task<ChangedLoan> PauseArrearsAsync(
        Guid accountId,
        ArrearsPause pause,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.PauseArrears,
            accountId,
            pause,
            PaydownJson.Default.ArrearsPause,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>Lets the days past due count again from today.</summary>
    public Task<ChangedLoan> ResumeArrearsAsync(
        Guid accountId,
        ArrearsResumption resumption,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.ResumeArrears,
            accountId,
            resumption,
            PaydownJson.Default.ArrearsResumption,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>Terminates the contract: all principal falls due today.</summary>
    public Task<ChangedLoan> TerminateAsync(
        Guid accountId,
        ContractTermination termination,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.TerminateContract,
            accountId,
            termination,
            PaydownJson.Default.ContractTermination,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>Charges the loan off: it leaves the books as lost, but is owed still.</summary>
    public Task<ChangedLoan> ChargeOffAsync(
        Guid accountId,
        ChargingOff chargingOff,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.ChargeOffLoan,
            accountId,
            chargingOff,
            PaydownJson.Default.ChargingOff,
            idempotencyKey,
            cancellationToken
        );

    /// <summary>
    /// Takes the last payout back from the customer's wallet, before anything is paid on the loan. If nothing else was
    /// paid out, the application is accepted again.
    /// </summary>
    public Task<UndoneDisbursement> UndoDisbursementAsync(
        Guid accountId,
        PayoutUndoing undoing,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.UndoDisbursement,
            Routes.UndoDisbursement.To(accountId),
            undoing,
            PaydownJson.Default.PayoutUndoing,
            PaydownJson.Default.UndoneDisbursementAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Credits an amount back for a charge, paid or unpaid.</summary>
    public Task<ChangedLoan> AdjustChargeAsync(
        Guid accountId,
        Guid chargeId,
        ChargeCredit credit,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.AdjustCharge,
            Routes.AdjustCharge.To(accountId, chargeId),
            credit,
            PaydownJson.Default.ChargeCredit,
            PaydownJson.Default.ChangedLoanAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Pays an amount in the customer's place, which lessens the interest income.</summary>
    public Task<ChangedLoan> WaiveInterestAsync(
        Guid accountId,
        InterestCredit credit,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            Routes.WaiveInterest,
            accountId,
            credit,
            PaydownJson.Default.InterestCredit,
            idempotencyKey,
            cancellationToken
        );

    private Task<ChangedLoan> SendAsync<TBody>(
        Route route,
        Guid accountId,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        string? key,
        CancellationToken token
    ) =>
        caller.SendAsync(route, route.To(accountId), body, bodyType, PaydownJson.Default.ChangedLoanAnswer, token, key);
}

using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Wallets;

namespace Paydown.Server.Applications;

/// <summary>
/// A manager takes the last payout of a loan back before anything is paid on it: its money leaves the wallet, and the
/// loan is as if it had not been paid out. If nothing else was paid out, the application is accepted again, and can be
/// paid out or cancelled. Above the organisation's four-eyes amount, a second manager must approve.
/// </summary>
public sealed class UndoDisbursement(SingleWrites writes, LoanChanges changes, FourEyes fourEyes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Take the last payout of a loan back from the wallet, or see what that would change")
            .Reads(LoanActing.Reason, LoanActing.DryRun)
            .Returns<UndoneDisbursement>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.LoanTakenOver(),
                Refusals.LoanNotRunning(),
                Refusals.PaidSinceDisbursement(),
                Refusals.ReportsAwaitVerification(Sample.Amount),
                Refusals.OtherApplicationIsOpen(),
                Refusals.WalletTooLowForUndoing(Sample.Amount, Sample.Amount),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, context));

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var locked = await LockAsync(connection, call);
        if (locked.IsRefused)
            return Answer.Refused(locked.Refusal);
        var (application, loan) = locked.Value;
        var state = loan.Replay(context.Today);
        var last = UndoDisbursementRules.UndoLast(state, loan.Events);
        if (last.IsRefused)
            return Answer.Refused(last.Refusal);
        if (loan.Pending.IsPositive)
            return Answer.Refused(Refusals.ReportsAwaitVerification(loan.Pending));

        var undone = UndoDisbursementRules.UndoneWith(state, loan.Events, last.Value);
        var isOnly = state.Disbursed == last.Value.Amount;
        var paidOut = PaidOutBy(state, last.Value, isOnly ? application : null);
        var earlier = isOnly ? await LockOpenAsync(connection, application, call.Cancellation) : null;
        if (earlier is not null && ApplicationStates.IsOpen(earlier.StatusAt(context.At)))
            return Answer.Refused(Refusals.OtherApplicationIsOpen());
        var balance = await WalletStore.LockAsync(
            connection,
            loan.CustomerId,
            loan.OrganisationId,
            loan.Currency,
            call.Cancellation
        );
        if (balance < paidOut.Credited)
            return Answer.Refused(Refusals.WalletTooLowForUndoing(balance, paidOut.Credited));

        var reason = call.Body.Get(LoanActing.Reason);
        if (call.Body.Get(LoanActing.DryRun) == true)
        {
            return Answer.Success(
                UndoneDisbursement.Of(application, loan, paidOut, isOnly, context, isPreview: true, awaited: null),
                "Nothing is changed yet: this is what would be taken back."
            );
        }

        var terms = new { DisbursementId = last.Value.Id };
        var act = loan.ActOf(ActKind.UndoDisbursement, last.Value.Amount, terms, reason);
        var approval = await fourEyes.ApproveAsync(connection, act, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                UndoneDisbursement.Of(application, loan, paidOut, isOnly, context, isPreview: true, awaited),
                AwaitedApproval.Message("the payout is taken back")
            );
        }

        if (earlier is not null)
            await ApplicationChangeStore.WriteAsync(
                connection,
                ApplicationSteps.Expire(earlier, context),
                call.Cancellation
            );
        var change = changes.UndoDisbursement(loan, undone, paidOut, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        var reopened = Reopened(application, change, last.Value, paidOut, isOnly);
        await ApplicationChangeStore.WriteAsync(connection, reopened, call.Cancellation);
        return Answer.Success(
            UndoneDisbursement.Of(application, change.After, paidOut, isOnly, context, isPreview: false, awaited: null),
            "The payout is taken back from the wallet."
        );
    }

    // As for a payout: the application is locked, then its loan, then the wallet.
    private static async Task<Result<Locked>> LockAsync(NpgsqlConnection connection, Call call)
    {
        var found = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(ApplicationRoutes.AccountId),
            forUpdate: false,
            call.Cancellation
        );
        if (found is null)
            return Refusals.NotFound("loan account");
        var application = found.ApplicationId is { } id
            ? await ApplicationStore.FindInOrganisationAsync(
                connection,
                found.OrganisationId,
                id,
                forUpdate: true,
                call.Cancellation
            )
            : null;
        if (application is null)
            return Refusals.LoanTakenOver();
        var loan = await LoanStore.FindAsync(
            connection,
            found.CustomerId,
            found.Id,
            forUpdate: true,
            call.Cancellation
        );
        return loan is null ? Refusals.NotFound("loan account") : new Locked(application, loan);
    }

    private static Task<StoredApplication?> LockOpenAsync(
        NpgsqlConnection connection,
        StoredApplication application,
        CancellationToken cancellation
    ) => ApplicationStore.LockOpenAsync(connection, application.CustomerId, application.Product.Id, cancellation);

    private sealed record Locked(StoredApplication Application, StoredLoan Loan);

    // Fees are kept back of the first payout.
    private static UndonePayout PaidOutBy(Loan state, Disbursed disbursed, StoredApplication? first)
    {
        var id = DerivedId.DownPayment(disbursed.Id);
        var none = Money.Zero(disbursed.Amount.Currency);
        return new(
            disbursed.Amount,
            first is null ? none : Disbursement.DeductedOf(first.Offer!.Fees, first.Currency),
            state.Transactions.FirstOrDefault(one => one.EventId == id && !one.IsReversed)?.Amount ?? none
        );
    }

    private ApplicationChange Reopened(
        StoredApplication application,
        LoanChange change,
        Disbursed disbursed,
        UndonePayout paidOut,
        bool isOnly
    )
    {
        var context = change.ActionContext;
        var payload = new DisbursementPayload(
            application.Id,
            change.After.Id,
            application.CustomerId,
            paidOut.Amount,
            paidOut.Credited,
            disbursed.On,
            application.Currency.Code,
            context.At
        );
        return ApplicationChange
            .Begin(application, context)
            .BackTo(
                isOnly ? ApplicationStatus.Accepted : ApplicationStatus.Disbursed,
                $"The payout of {paidOut.Amount} is taken back, {paidOut.Credited} of it from the wallet."
            )
            .With(stored => stored with { LoanState = change.After.State })
            .MessageOf(EventType.LoanDisbursementUndone, payload, change.After.Id)
            .Recorded(
                ids,
                "DISBURSEMENT_UNDONE",
                new
                {
                    AccountId = change.After.Id,
                    DisbursementId = disbursed.Id,
                    paidOut.Amount,
                    paidOut.Fees,
                    paidOut.DownPayment,
                    change.Reason,
                }
            );
    }
}

/// <summary>The response to taking a payout back.</summary>
/// <param name="LoanApplicationId">The application's id.</param>
/// <param name="AccountId">The loan account, which a later payout uses again.</param>
/// <param name="IsPreview">True if nothing is changed yet.</param>
/// <param name="LoanApplicationStatus">The application's status after it.</param>
/// <param name="UndoneAmount">The amount of the payout.</param>
/// <param name="ReturnedFees">The fees that were kept back from it.</param>
/// <param name="ReturnedDownPayment">The down payment that was collected from it.</param>
/// <param name="WalletDebit">The amount that leaves the wallet.</param>
/// <param name="TotalDisbursed">What is still paid out of the loan.</param>
/// <param name="CurrencyCode">The loan's currency, ISO 4217.</param>
/// <param name="AwaitedApproval">The undoing that awaits a second manager; null if there is none.</param>
public sealed record UndoneDisbursement(
    LoanApplicationId LoanApplicationId,
    LoanId AccountId,
    bool IsPreview,
    string LoanApplicationStatus,
    Money UndoneAmount,
    Money ReturnedFees,
    Money ReturnedDownPayment,
    Money WalletDebit,
    Money TotalDisbursed,
    string CurrencyCode,
    AwaitedApproval? AwaitedApproval
)
{
    internal static UndoneDisbursement Of(
        StoredApplication application,
        StoredLoan loan,
        UndonePayout paidOut,
        bool isOnly,
        ActionContext context,
        bool isPreview,
        AwaitedApproval? awaited
    )
    {
        var disbursed = loan.Replay(context.Today).Disbursed;
        return new(
            application.Id,
            loan.Id,
            isPreview,
            ApplicationStates.Word(isOnly ? ApplicationStatus.Accepted : ApplicationStatus.Disbursed),
            paidOut.Amount,
            paidOut.Fees,
            paidOut.DownPayment,
            paidOut.Credited,
            isPreview ? disbursed - paidOut.Amount : disbursed,
            loan.Currency.Code,
            awaited
        );
    }
}

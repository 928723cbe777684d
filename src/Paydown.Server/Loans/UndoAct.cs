using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Terms;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Wallets;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager undoes a charge, a waiver, a refund, a write-off or a change of the agreement, as if it had never
/// happened. An undone refund is taken back from the customer's wallet. Above the organisation's four-eyes amount, a
/// second manager must approve.
/// </summary>
public sealed class UndoAct(SingleWrites writes, LoanChanges changes, FourEyes fourEyes) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why, for the audit trail.", 1, 255)
        .WithExample("The charge was a mistake.");

    public static Contract Contract { get; } =
        new Contract("Undo a charge, a waiver, a refund, a write-off or a change of the agreement")
            .Reads(Reason)
            .Returns<UndoneAct>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.NotFound("act"),
                Refusals.AlreadyUndone(),
                Refusals.WalletTooLowForRefund(Sample.Amount, Sample.Amount),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, context));

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var loan = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(LoanRoutes.AccountId),
            forUpdate: true,
            call.Cancellation
        );
        var (actId, today) = (call.Path(LoanRoutes.ActId), loan?.Replay(context.Today));
        if (loan?.Events.Any(one => one is LoanAct && one.Id == actId) == true)
            return await TakeBackAsync(connection, call, context, loan, today!);
        var decided = UndoRules.Undo(today, loan?.Events ?? [], actId);
        if (decided.IsRefused)
            return Answer.Refused(decided.Refusal);

        var (undone, reason) = (decided.Value, call.Body.Get(Reason));
        var amount = undone.Amount;
        var act = loan!.ActOf(ActKind.UndoAct, amount, new { ActId = undone.EventId }, reason);
        var approval = await fourEyes.ApproveAsync(connection, act, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                UndoneAct.Of(loan, today!, undone.EventId, undone.Kind, amount, null, awaited),
                AwaitedApproval.Message("the act is undone")
            );
        }

        if (undone.Kind == LoanEventKind.CreditBalanceRefund)
        {
            var balance = await WalletStore.LockAsync(
                connection,
                loan.CustomerId,
                loan.OrganisationId,
                loan.Currency,
                call.Cancellation
            );
            if (balance < amount)
                return Answer.Refused(Refusals.WalletTooLowForRefund(balance, amount));
        }

        var change = changes.Undo(loan, undone, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            UndoneAct.Of(
                change.After,
                change.State,
                undone.EventId,
                undone.Kind,
                amount,
                change.Events[0].Id,
                awaited: null
            ),
            "The act is undone."
        );
    }

    // A change of the agreement, whose weight is everything outstanding.
    private async ValueTask<Answer> TakeBackAsync(
        NpgsqlConnection connection,
        Call call,
        ActionContext context,
        StoredLoan loan,
        Loan today
    )
    {
        var decided = PlanActRules.TakeBack(today, loan.Events, call.Path(LoanRoutes.ActId));
        if (decided.IsRefused)
            return Answer.Refused(decided.Refusal);
        var (taken, reason, none) = (decided.Value, call.Body.Get(Reason), Money.Zero(loan.Currency));
        var outstanding = loan.Money(today.Outstanding.Total + today.WrittenOff.Total);
        var act = loan.ActOf(ActKind.UndoAct, outstanding, new { ActId = taken.Id }, reason);
        var approval = await fourEyes.ApproveAsync(connection, act, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                UndoneAct.Of(loan, today, taken.Id, taken.Kind, none, null, awaited),
                AwaitedApproval.Message("the act is undone")
            );
        }

        var change = changes.TakeBack(loan, taken, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            UndoneAct.Of(change.After, change.State, taken.Id, taken.Kind, none, change.Events[0].Id, awaited: null),
            "The act is undone."
        );
    }
}

/// <summary>The response to undoing an act.</summary>
/// <param name="Id">The reversal's id; null while a second manager is awaited.</param>
/// <param name="ActId">The act that was undone.</param>
/// <param name="AccountId">The loan account.</param>
/// <param name="Kind">The kind of act.</param>
/// <param name="Amount">The amount of the act.</param>
/// <param name="TotalBalance">Everything outstanding on the loan now.</param>
/// <param name="Overpaid">What is overpaid on the loan now.</param>
/// <param name="AccountState">The loan account's state now.</param>
/// <param name="AwaitedApproval">The act that awaits a second manager; null if there is none.</param>
public sealed record UndoneAct(
    LoanEventId? Id,
    LoanEventId ActId,
    LoanId AccountId,
    LoanActKind Kind,
    Money Amount,
    Money TotalBalance,
    Money Overpaid,
    string AccountState,
    AwaitedApproval? AwaitedApproval
)
{
    public static UndoneAct Of(
        StoredLoan loan,
        Loan state,
        LoanEventId actId,
        LoanEventKind kind,
        Money amount,
        LoanEventId? id,
        AwaitedApproval? awaited
    ) =>
        new(
            id,
            actId,
            loan.Id,
            ListedAct.KindOf(kind),
            amount,
            loan.Money(state.Outstanding.Total),
            state.Overpaid,
            Words.Write(state.Status),
            awaited
        );
}

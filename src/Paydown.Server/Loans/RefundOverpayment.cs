using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Wallets;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager refunds an overpayment to the customer's wallet. Above the organisation's four-eyes amount, a second
/// manager must approve.
/// </summary>
public sealed class RefundOverpayment(SingleWrites writes, LoanChanges changes, FourEyes fourEyes) : IUseCase
{
    private static readonly Field<decimal?> Amount = Field
        .Amount("amount", "At most the overpaid amount. Absent: the whole overpaid amount.")
        .Optional()
        .WithExample(250.5);
    private static readonly Field<string?> Reason = Field
        .Text("reason", "Why, for the audit trail.", 1, 255)
        .Optional()
        .WithExample("Paid twice");

    public static Contract Contract { get; } =
        new Contract("Refund an overpayment to the customer's wallet")
            .Reads(Amount, Reason)
            .Returns<RefundedOverpayment>()
            .Refuses(
                Refusals.NotFound("loan account"),
                Refusals.NothingOverpaid(),
                Refusals.RefundAmountOutOfRange(Sample.Amount),
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
        var amount = RefundRules.Refund(loan?.Replay(context.Today), call.Body.Get(Amount));
        if (amount.IsRefused)
            return Answer.Refused(amount.Refusal);

        var reason = call.Body.Get(Reason);
        var act = loan!.ActOf(ActKind.RefundOverpayment, amount.Value, new { Amount = amount.Value }, reason);
        var approval = await fourEyes.ApproveAsync(connection, act, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        var balance = await WalletStore.LockAsync(
            connection,
            loan.CustomerId,
            loan.OrganisationId,
            loan.Currency,
            call.Cancellation
        );
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                RefundedOverpayment.Of(
                    loan,
                    loan.Replay(context.Today),
                    null,
                    Money.Zero(loan.Currency),
                    balance,
                    awaited
                ),
                AwaitedApproval.Message("the refund goes to the customer's wallet")
            );
        }

        var change = changes.Refund(loan, amount.Value, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            RefundedOverpayment.Of(
                change.After,
                change.State,
                change.Events[0].Id,
                amount.Value,
                balance + amount.Value,
                awaited: null
            ),
            "The refund is in the customer's wallet."
        );
    }
}

/// <summary>The response to refunding an overpayment.</summary>
/// <param name="Id">The refund's id; null while a second manager is awaited.</param>
/// <param name="AccountId">The loan account.</param>
/// <param name="RefundedAmount">The refunded amount; 0 while a second manager is awaited.</param>
/// <param name="Overpaid">What is still overpaid on the loan.</param>
/// <param name="WalletBalance">The balance of the customer's wallet now.</param>
/// <param name="AccountState">The loan account's state now.</param>
/// <param name="AwaitedApproval">The refund that awaits a second manager; null if there is none.</param>
public sealed record RefundedOverpayment(
    LoanEventId? Id,
    LoanId AccountId,
    Money RefundedAmount,
    Money Overpaid,
    Money WalletBalance,
    string AccountState,
    AwaitedApproval? AwaitedApproval
)
{
    public static RefundedOverpayment Of(
        StoredLoan loan,
        Loan state,
        LoanEventId? id,
        Money amount,
        Money wallet,
        AwaitedApproval? awaited
    ) => new(id, loan.Id, amount, state.Overpaid, wallet, Words.Write(state.Status), awaited);
}

using Npgsql;
using Paydown.Lending.Amounts;
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
/// A manager gives back what was paid beyond all that is owed: it goes to the customer's wallet. Above the
/// organisation's four-eyes amount a second manager must approve it.
/// </summary>
public sealed class RefundOverpayment(SingleWrites writes, LoanChanges changes, FourEyes fourEyes)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Amount("amount", "At most what is overpaid; absent: all of that.").Optional() with
        {
            Example = 250.5,
        },
        Field.Text("reason", "Why, for the audit trail.", 1, 255).Optional() with
        {
            Example = "Paid twice",
        },
    ];

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, context));

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var loan = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.PathId("accountId"),
            forUpdate: true,
            call.Cancellation
        );
        var amount = RefundRules.Refund(loan?.Replay(context.Today), call.Body.AmountOrNull("amount"));
        if (amount.IsRefused)
            return Answer.Refused(amount.Refusal);

        var reason = call.Body.TextOrNull("reason");
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

/// <summary>What a manager is answered who refunded an overpayment.</summary>
/// <param name="Id">The refund; null while a second manager is awaited.</param>
/// <param name="AccountId">The loan account.</param>
/// <param name="RefundedAmount">How much is refunded; 0 while a second manager is awaited.</param>
/// <param name="Overpaid">What is overpaid now.</param>
/// <param name="WalletBalance">What the customer's wallet holds now.</param>
/// <param name="AccountState">State of the loan account now.</param>
/// <param name="AwaitedApproval">What waits for a second manager; null: nothing does.</param>
public sealed record RefundedOverpayment(
    Guid? Id,
    Guid AccountId,
    Money RefundedAmount,
    Money Overpaid,
    Money WalletBalance,
    string AccountState,
    AwaitedApproval? AwaitedApproval
)
{
    public static RefundedOverpayment Example { get; } = CreateExample();

    public static RefundedOverpayment Of(
        StoredLoan loan,
        Loan state,
        Guid? id,
        Money amount,
        Money wallet,
        AwaitedApproval? awaited
    ) => new(id, loan.Id, amount, loan.Money(state.OverpaidMinor), wallet, Words.Write(state.Status), awaited);

    private static RefundedOverpayment CreateExample()
    {
        var naira = Currency.Get("NGN");
        return new RefundedOverpayment(
            Guid.Parse("01957ad2-7c00-7000-8000-000000000008"),
            Guid.Parse("01957ad2-7c00-7000-8000-000000000002"),
            new Money(25_050, naira),
            Money.Zero(naira),
            new Money(125_050, naira),
            "CLOSED",
            null
        );
    }
}

using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Wallets;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer reverses a verified repayment, for example because the bank returned it. The loan is then as if the
/// repayment had never come: a closed loan is open again, and money paid from the wallet returns there. The customer
/// sees the repayment as rejected, with the reason. Ids and history stay. Above the organisation's four-eyes amount, a
/// second officer must approve.
/// </summary>
public sealed class ReverseRepayment(SingleWrites writes, LoanChanges changes, FourEyes fourEyes) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why; the customer sees it.", 1, 255)
        .WithExample("The bank returned the transfer.");

    public static Contract Contract { get; } =
        new Contract("Reverse a verified repayment")
            .Reads(Reason)
            .Returns<DecidedRepayment>()
            .Refuses(
                Refusals.NotFound("repayment"),
                Refusals.RepaymentNotVerified(),
                Refusals.AlreadyDecided("REVERSED"),
                Refusals.PaidByBankEntry(),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => ReverseAsync(connection, call, context));

    private async ValueTask<Answer> ReverseAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var id = call.Path(RepaymentRoutes.Id);
        var read = await VerificationStore.ReadAsync(
            connection,
            [new DecisionTarget(call.Caller.OrganisationId, id)],
            call.Cancellation
        );
        if (VerificationRules.Reverse(read.FindCase(id)) is { } refusal)
            return Answer.Refused(refusal);

        if (await VerificationStore.IsPaidByEntryAsync(connection, id, call.Cancellation))
            return Answer.Refused(Refusals.PaidByBankEntry());
        var repayment = read.Find(id)!;
        var (loan, reason) = (read.LoanOf(repayment), call.Body.Get(Reason));
        var approval = await fourEyes.ApproveAsync(connection, ActOf(loan, repayment, reason), call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                DecidedRepayment.Of(loan, loan.Replay(context.Today), repayment, awaited),
                AwaitedApproval.Message("the repayment is reversed")
            );
        }

        if (repayment.IsFromWallet)
        {
            await WalletStore.LockAsync(
                connection,
                loan.CustomerId,
                loan.OrganisationId,
                loan.Currency,
                call.Cancellation
            );
        }

        var commission = await VerificationStore.FindCommissionAsync(connection, repayment, call.Cancellation);
        var change = changes.Reverse(loan, repayment with { Commission = commission }, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            DecidedRepayment.Of(change, repayment),
            "The repayment is reversed. The loan is as if it had never come."
        );
    }

    private static Act ActOf(StoredLoan loan, StoredRepayment repayment, string reason) =>
        loan.ActOf(ActKind.ReverseRepayment, repayment.Amount, new { RepaymentId = repayment.Id }, reason) with
        {
            SubjectId = repayment.Id.AsSubject,
        };
}

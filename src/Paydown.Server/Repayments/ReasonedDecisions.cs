using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Wallets;

namespace Paydown.Server.Repayments;

/// <summary>A decision on one repayment that the customer is told the reason of.</summary>
/// <param name="Judge">Null where it may be taken.</param>
/// <param name="Make">What it changes of the loan.</param>
/// <param name="Message">What the officer is told.</param>
/// <param name="Act">What needs two officers above the four-eyes amount; null: one always suffices.</param>
public sealed record ReasonedDecision(
    Func<RepaymentCase?, Refusal?> Judge,
    Func<StoredLoan, StoredRepayment, string, ActionContext, LoanChange> Make,
    string Message,
    ActKind? Act = null
);

/// <summary>Reads, judges and writes a decision that has a reason: what rejecting and reversing share.</summary>
public sealed class ReasonedDecisions(SingleWrites writes, FourEyes fourEyes)
{
    /// <summary>The body of such a decision.</summary>
    public static Field Reason { get; } = Field.Text("reason", "Why; the customer is shown it.", 1, 255);

    public ValueTask<Answer> TakeAsync(Call call, ReasonedDecision decision) =>
        writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, decision, context));

    private async ValueTask<Answer> DecideAsync(
        NpgsqlConnection connection,
        Call call,
        ReasonedDecision decision,
        ActionContext context
    )
    {
        var id = call.PathId("id");
        var read = await VerificationStore.ReadAsync(
            connection,
            [new DecisionTarget(call.Caller.OrganisationId, id)],
            call.Cancellation
        );
        if (decision.Judge(read.FindCase(id)) is { } refusal)
            return Answer.Refused(refusal);

        var repayment = read.Find(id)!;
        var (loan, reason) = (read.LoanOf(repayment), call.Body.Text("reason"));
        if (decision.Act is { } kind)
        {
            var approval = await fourEyes.ApproveAsync(connection, ActOf(loan, repayment, kind, reason), call, context);
            if (approval.IsRefused)
                return Answer.Refused(approval.Refusal);
            if (approval.Value.Awaited is { } awaited)
            {
                return Answer.Success(
                    DecidedRepayment.Of(loan, loan.Replay(context.Today), repayment, awaited),
                    AwaitedApproval.Message("the repayment is reversed")
                );
            }
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

        var change = decision.Make(loan, repayment, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(DecidedRepayment.Of(change, repayment), decision.Message);
    }

    private static Act ActOf(StoredLoan loan, StoredRepayment repayment, ActKind kind, string reason) =>
        loan.ActOf(kind, loan.Money(repayment.AmountMinor), new { RepaymentId = repayment.Id }, reason) with
        {
            SubjectId = repayment.Id,
        };
}

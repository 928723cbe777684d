using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer confirms that a repayment has arrived: it counts from the day it was paid, and the answer says line by
/// line what it settled. Above the organisation's four-eyes amount the first officer's word is recorded, and a second
/// one's makes it count.
/// </summary>
public sealed class VerifyRepayment(
    IdempotentWrites writes, OrganisationDirectory organisations, LoanChanges changes, TimeProvider time)
{
    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, connection => DecideAsync(connection, call));

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call)
    {
        var id = call.PathId("id");
        var read = await VerificationStore.ReadAsync(
            connection, [new DecisionTarget(call.Caller.OrganisationId, id)], call.Cancellation);
        var verification = VerificationRules.Verify(read.FindCase(id), call.Caller.UserId);
        if (verification.IsRefused) return Answer.Refused(verification.Refusal);

        var repayment = read.Find(id)!;
        var occasion = await organisations.OccasionAsync(call, time);
        var change = verification.Value == Verification.FirstApproval
            ? changes.ApproveFirst(read.LoanOf(repayment), repayment, occasion)
            : changes.Verify(read.LoanOf(repayment), repayment, occasion);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(DecidedRepayment.Of(change, repayment), MessageOf(change, repayment));
    }

    private static string MessageOf(LoanChange change, RepaymentFile repayment)
    {
        if (change.Decisions[0].Kind == DecisionKind.FirstApproval)
        {
            return "Your approval is recorded. This amount needs a second officer: "
                + "the repayment counts when another one verifies it.";
        }
        var overpaid = change.TransactionOf(repayment.Id).OverpaidMinor;
        return overpaid == 0
            ? "The repayment is verified and counts from its payment date."
            : $"The repayment is verified. {change.After.Money(overpaid)} of it is beyond all that is owed "
                + "and is kept for the customer.";
    }
}

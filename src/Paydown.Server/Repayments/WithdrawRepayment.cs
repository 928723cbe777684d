using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>
/// A customer withdraws a mistaken report before an officer has approved it. The report never counts, and the amount
/// becomes payable again at once.
/// </summary>
public sealed class WithdrawRepayment(SingleWrites writes, LoanChanges changes) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Withdraw a mistaken report that no officer has approved")
            .Returns<WithdrawnRepayment>()
            .Refuses(
                Refusals.NotFound("repayment"),
                Refusals.AlreadyDecided("VERIFIED"),
                Refusals.CannotWithdraw("An officer has already approved this repayment")
            );

    /// <summary>The reason that is stored and shown.</summary>
    public const string Reason = "Withdrawn by the customer.";

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => WithdrawAsync(connection, call, context));

    private async ValueTask<Answer> WithdrawAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var id = call.Path(RepaymentRoutes.Id);
        var read = await VerificationStore.ReadAsync(
            connection,
            [new DecisionTarget(call.Caller.OrganisationId, id)],
            call.Cancellation
        );
        var isOwn = read.Find(id)?.CustomerId == call.Caller.CustomerId;
        if (VerificationRules.Withdraw(isOwn ? read.FindCase(id) : null) is { } refusal)
            return Answer.Refused(refusal);

        var repayment = read.Find(id)!;
        var change = changes.Withdraw(read.LoanOf(repayment), repayment, Reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            WithdrawnRepayment.Of(change, repayment),
            "Your report is withdrawn. Its amount is payable again."
        );
    }
}

/// <summary>A report that its customer has withdrawn.</summary>
/// <param name="Id">The repayment's id.</param>
/// <param name="AccountId">The loan account.</param>
/// <param name="LoanApplicationId">The loan's application; null for a loan that was taken over without one.</param>
/// <param name="RepaymentAmount">The amount that was reported.</param>
/// <param name="VerificationStatus">Always <c>REJECTED</c>: the report never counts.</param>
/// <param name="RejectionReason">A fixed text saying that the customer withdrew the report.</param>
/// <param name="TotalPayable">The largest repayment that can be reported on this loan now.</param>
public sealed record WithdrawnRepayment(
    RepaymentId Id,
    LoanId AccountId,
    LoanApplicationId? LoanApplicationId,
    Money RepaymentAmount,
    string VerificationStatus,
    string RejectionReason,
    Money TotalPayable
)
{
    public static WithdrawnRepayment Of(LoanChange change, StoredRepayment repayment)
    {
        var loan = change.After;
        return new WithdrawnRepayment(
            repayment.Id,
            loan.Id,
            loan.ApplicationId,
            repayment.Amount,
            Words.Write(RepaymentStatus.Rejected),
            change.Decisions[0].Reason!,
            loan.TotalPayable(change.State)
        );
    }
}

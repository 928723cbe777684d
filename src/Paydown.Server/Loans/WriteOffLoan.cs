using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager writes a loan off because repayment is no longer expected; money that still arrives is a recovery. Above
/// the organisation's four-eyes amount, a second manager must approve.
/// </summary>
public sealed class WriteOffLoan(SingleWrites writes, LoanChanges changes, FourEyes fourEyes) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why, for the audit trail.", 1, 255)
        .WithExample("The customer is insolvent.");

    public static Contract Contract { get; } =
        new Contract("Write a loan off")
            .Reads(Reason)
            .Returns<WrittenOffLoan>()
            .Refuses(Refusals.NotFound("loan account"), Refusals.LoanNotRunning(), Refusals.SecondOfficerRequired());

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
        var (state, reason) = (loan?.Replay(context.Today), call.Body.Get(Reason));
        var lost = WriteOffRules.WriteOff(state);
        if (lost.IsRefused)
            return Answer.Refused(lost.Refusal);

        // The approval covers the whole loan, because interest may grow before the second approval.
        var act = loan!.ActOf(ActKind.WriteOffLoan, lost.Value, new { }, reason);
        var approval = await fourEyes.ApproveAsync(connection, act, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                WrittenOffLoan.Of(loan, state!, awaited),
                AwaitedApproval.Message("the loan is written off")
            );
        }

        var change = changes.WriteOff(loan, reason, context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            WrittenOffLoan.Of(change.After, change.State, awaited: null),
            "The loan is written off. Anything paid on it from now on is a recovery."
        );
    }
}

/// <summary>The response to writing a loan off.</summary>
/// <param name="AccountId">The loan account.</param>
/// <param name="IsWrittenOff">False while a second manager is awaited.</param>
/// <param name="WrittenOffAmount">What can still be recovered; 0 while a second manager is awaited.</param>
/// <param name="TotalBalance">Everything outstanding on the loan.</param>
/// <param name="AccountState">The loan account's state now.</param>
/// <param name="AwaitedApproval">The write-off that awaits a second manager; null if there is none.</param>
public sealed record WrittenOffLoan(
    LoanId AccountId,
    bool IsWrittenOff,
    Money WrittenOffAmount,
    Money TotalBalance,
    string AccountState,
    AwaitedApproval? AwaitedApproval
)
{
    public static WrittenOffLoan Of(StoredLoan loan, Loan state, AwaitedApproval? awaited) =>
        new(
            loan.Id,
            state.Status == LoanStatus.WrittenOff,
            state.TotalWrittenOff,
            loan.Money(state.Outstanding.Total),
            Words.Write(state.Status),
            awaited
        );
}

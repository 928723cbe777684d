using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>An officer rejects a repayment that has not arrived. It never counts, and the customer sees why.</summary>
public sealed class RejectRepayment(SingleWrites writes, LoanChanges changes) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why; the customer sees it.", 1, 255)
        .WithExample("No such transfer has arrived.");

    public static Contract Contract { get; } =
        new Contract("Reject a repayment that has not arrived")
            .Reads(Reason)
            .Returns<DecidedRepayment>()
            .Refuses(Refusals.NotFound("repayment"), Refusals.AlreadyDecided("VERIFIED"));

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => RejectAsync(connection, call, context));

    private async ValueTask<Answer> RejectAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var id = call.Path(RepaymentRoutes.Id);
        var read = await VerificationStore.ReadAsync(
            connection,
            [new DecisionTarget(call.Caller.OrganisationId, id)],
            call.Cancellation
        );
        if (VerificationRules.Reject(read.FindCase(id)) is { } refusal)
            return Answer.Refused(refusal);

        var repayment = read.Find(id)!;
        var change = changes.Reject(read.LoanOf(repayment), repayment, call.Body.Get(Reason), context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            DecidedRepayment.Of(change, repayment),
            "The repayment is rejected. The customer sees the reason."
        );
    }
}

using Npgsql;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Repayments;

/// <summary>An officer rejects a repayment that has not arrived. It never counts, and the customer sees why.</summary>
public sealed class RejectRepayment(IdempotentWrites writes, OrganisationDirectory organisations, LoanChanges changes)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [Field.Text("reason", "Why; the customer sees it.", 1, 255) with { Example = "No such transfer has arrived." }];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        // Before opening a connection: a request that holds a lock must not wait for a second one.
        var context = await organisations.ActionContextOfAsync(call);
        return await writes.RunAsync(call, connection => RejectAsync(connection, call, context));
    }

    private async ValueTask<Answer> RejectAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var id = call.PathId("id");
        var read = await VerificationStore.ReadAsync(
            connection,
            [new DecisionTarget(call.Caller.OrganisationId, id)],
            call.Cancellation
        );
        if (VerificationRules.Reject(read.FindCase(id)) is { } refusal)
            return Answer.Refused(refusal);

        var repayment = read.Find(id)!;
        var change = changes.Reject(read.LoanOf(repayment), repayment, call.Body.Text("reason"), context);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            DecidedRepayment.Of(change, repayment),
            "The repayment is rejected. The customer sees the reason."
        );
    }
}

using Npgsql;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer takes back a repayment that was verified, for example because the bank returned it: the loan stands as if
/// it had never come, a closed one is open again, and the customer is shown it as rejected with the reason. Ids and
/// history stay.
/// </summary>
public sealed class ReverseRepayment(
    IdempotentWrites writes, OrganisationDirectory organisations, LoanChanges changes, TimeProvider time)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Text("reason", "Why; the customer is shown it.", 1, 255)
            with { Example = "The bank returned the transfer." },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        // Before there is a connection: who holds a lock must not wait for a second one.
        var occasion = await organisations.OccasionAsync(call, time);
        return await writes.RunAsync(call, connection => DecideAsync(connection, call, occasion));
    }

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, Occasion occasion)
    {
        var id = call.PathId("id");
        var read = await VerificationStore.ReadAsync(
            connection, [new DecisionTarget(call.Caller.OrganisationId, id)], call.Cancellation);
        if (VerificationRules.Reverse(read.FindCase(id)) is { } refusal) return Answer.Refused(refusal);

        var repayment = read.Find(id)!;
        var change = changes.Reverse(
            read.LoanOf(repayment), repayment, call.Body.Text("reason"), occasion);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            DecidedRepayment.Of(change, repayment),
            "The repayment is reversed: the loan stands as if it had never come.");
    }
}

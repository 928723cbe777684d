using Paydown.Lending;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer confirms that a repayment has arrived: it counts from the day it was paid, and the answer says line by
/// line what it settled. Above the organisation's four-eyes amount the first officer's word is recorded, and a second
/// one's makes it count. Verifications that wait at the same moment are read, decided and written as one group.
/// </summary>
public sealed class VerifyRepayment : IAsyncDisposable
{
    private const int GroupSizeMax = 64;
    private const int WaitingMax = 2_000;

    private readonly OrganisationDirectory organisations;
    private readonly LoanChanges changes;
    private readonly TimeProvider time;
    private readonly GroupedWrites<VerificationRequest> writer;

    public VerifyRepayment(
        GroupConnections connections, OrganisationDirectory organisations, LoanChanges changes, TimeProvider time)
    {
        (this.organisations, this.changes, this.time) = (organisations, changes, time);
        writer = new GroupedWrites<VerificationRequest>(connections, RunGroupAsync, GroupSizeMax, WaitingMax, time);
    }

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var request = new VerificationRequest(
            new DecisionTarget(call.Caller.OrganisationId, call.PathId("id")),
            await organisations.OccasionAsync(call, time), KeyUse.Of(call), !call.Caller.IsApiToken);
        return await writer.SubmitAsync(request, call.Cancellation);
    }

    /// <summary>Finishes what waits.</summary>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(
        GroupRun run, IReadOnlyList<VerificationRequest> group)
    {
        var (found, keys) = await VerificationStore.BeginAsync(run.Connection, group, run.SkipsHeld);
        var made = new List<LoanChange>(group.Count);
        var answers = new Answer?[group.Count];
        for (var i = 0; i < answers.Length; i++) answers[i] = Decide(group[i], found, keys, made);
        var writing = VerificationStore.CommitAsync(run.Transaction, made, keys, time.GetUtcNow());
        run.HandOver();
        await writing;
        return answers;
    }

    // Sees what those before it in the group did: their keys, their decisions, and the loans as they left them.
    // Null where the loan is held.
    private Answer? Decide(
        VerificationRequest request, DecidableRepayments found, GroupedKeys keys, List<LoanChange> made)
    {
        if (keys.FindRepeat(request.Use) is { } repeat) return repeat;
        var id = request.Target.RepaymentId;
        var isOurs = found.Find(id)?.OrganisationId == request.Target.OrganisationId;
        if (isOurs && found.IsHeld(found.Find(id)!)) return null;
        var verification = VerificationRules.Verify(
            isOurs ? found.FindCase(id) : null, request.Occasion.By, request.IsPerson);
        if (verification.IsRefused) return Answer.Refused(verification.Refusal);

        var repayment = found.Find(id)!;
        var change = verification.Value == Verification.FirstApproval
            ? changes.ApproveFirst(found.LoanOf(repayment), repayment, request.Occasion)
            : changes.Verify(found.LoanOf(repayment), repayment, request.Occasion);
        var answer = Answer.Success(DecidedRepayment.Of(change, repayment), MessageOf(change, repayment));
        found.Apply(change, repayment);
        keys.Add(request.Use, answer);
        made.Add(change);
        return answer;
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

/// <summary>An officer's word on a repayment, with what its idempotency needs.</summary>
/// <param name="Target">The repayment.</param>
/// <param name="Occasion">Who, when.</param>
/// <param name="Use">The key.</param>
/// <param name="IsPerson">False for a server with an API token.</param>
public sealed record VerificationRequest(DecisionTarget Target, Occasion Occasion, KeyUse Use, bool IsPerson = true);

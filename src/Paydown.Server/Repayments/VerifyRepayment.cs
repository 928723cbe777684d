using Npgsql;
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
    private const int WaitingMax = 10_000;

    // One group is worked out while the database writes the other.
    private const int GroupsAtOnce = 2;

    private readonly NpgsqlDataSource database;
    private readonly OrganisationDirectory organisations;
    private readonly LoanChanges changes;
    private readonly TimeProvider time;
    private readonly GroupWriter<Asked, Answer> writer;

    public VerifyRepayment(
        NpgsqlDataSource database, OrganisationDirectory organisations, LoanChanges changes, TimeProvider time)
    {
        (this.database, this.organisations, this.changes, this.time) = (database, organisations, changes, time);
        writer = new GroupWriter<Asked, Answer>(RunGroupAsync, GroupSizeMax, WaitingMax, GroupsAtOnce);
    }

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var target = new DecisionTarget(call.Caller.OrganisationId, call.PathId("id"));
        var asked = new Asked(target, KeyedRequest.Of(call), await organisations.OccasionAsync(call, time));
        var answer = await writer.SubmitAsync(asked, call.Cancellation);
        return answer.IsRefused ? Answer.Refused(answer.Refusal) : answer.Value.Answer;
    }

    /// <summary>Finishes what waits.</summary>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task<IReadOnlyList<Answer>> RunGroupAsync(IReadOnlyList<Asked> group)
    {
        // Closing a connection rolls back what is not committed.
        await using var connection = await database.OpenConnectionAsync();
        var answers = new GroupedAnswers();
        var read = await VerificationStore.BeginAsync(
            connection, [.. group.Select(asked => asked.Target).Distinct()],
            [.. group.Select(asked => asked.Request)], answers);
        var decided = new List<LoanChange>(group.Count);
        var given = new Answer[group.Count];
        for (var i = 0; i < given.Length; i++)
        {
            given[i] = answers.FindRepeat(group[i].Request) ?? Decide(group[i], read, decided);
            if (given[i] is { IsSuccess: true, IsReplayed: false }) answers.Keep(group[i].Request, given[i]);
        }

        await VerificationStore.CommitAsync(connection, decided, answers, time.GetUtcNow());
        return given;
    }

    // Sees what those before it in the group did.
    private Answer Decide(Asked asked, DecidableRepayments read, List<LoanChange> decided)
    {
        var verification = VerificationRules.Verify(read.FindCase(asked.Target), asked.Occasion.By);
        if (verification.IsRefused) return Answer.Refused(verification.Refusal);

        var repayment = read.Find(asked.Target.RepaymentId)!;
        var isFirst = verification.Value == Verification.FirstApproval;
        var change = isFirst
            ? changes.ApproveFirst(read.LoanOf(repayment), repayment, asked.Occasion)
            : changes.Verify(read.LoanOf(repayment), repayment, asked.Occasion);
        decided.Add(change);
        read.Keep(change, isFirst
            ? repayment with { FirstApprovedBy = asked.Occasion.By }
            : repayment with { Status = RepaymentStatus.Verified });
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

    private sealed record Asked(DecisionTarget Target, KeyedRequest Request, Occasion Occasion);
}

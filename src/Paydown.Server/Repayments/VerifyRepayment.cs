using Paydown.Lending.Approvals;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer confirms that a repayment has arrived. It then counts from the day it was paid, and the response explains
/// line by line what it settled. Above the organisation's four-eyes amount the first officer's approval is recorded and
/// a second officer's makes it count; neither may be the one who recorded it. Concurrent verifications are read,
/// decided and written as one group.
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
        GroupConnections connections,
        OrganisationDirectory organisations,
        LoanChanges changes,
        TimeProvider time
    )
    {
        (this.organisations, this.changes, this.time) = (organisations, changes, time);
        writer = new GroupedWrites<VerificationRequest>(connections, RunGroupAsync, GroupSizeMax, WaitingMax, time);
    }

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field
            .Amount("amount", "The amount that arrived, if the report is wrong. It may exceed the total payable.")
            .Optional()
            .NotInExamples(),
        Field
            .Moment("paymentDate", "When it was paid, if the report is wrong: from the day of disbursement to today.")
            .Optional() with
        {
            Example = "2026-01-31",
        },
        Field
            .Text("reason", "Why the amount or date differs from the report. The customer sees it.", 1, 255)
            .Optional() with
        {
            Example = "Our account was credited a day later.",
        },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var request = new VerificationRequest(
            new DecisionTarget(call.Caller.OrganisationId, call.PathId("id")),
            await CorrectionOfAsync(call),
            await organisations.ActionContextOfAsync(call),
            KeyUse.Of(call),
            !call.Caller.IsApiToken
        );
        return await writer.SubmitAsync(request, call.Cancellation);
    }

    private async ValueTask<Correction> CorrectionOfAsync(Call call)
    {
        var body = call.Body;
        if (!body.Has("amount") && !body.Has("paymentDate") && !body.Has("reason"))
            return Correction.None;
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return new Correction(
            body.AmountOrNull("amount"),
            body.MomentOrNull("paymentDate")?.DateIn(organisation.TimeZone),
            body.TextOrNull("reason")
        );
    }

    /// <summary>Finishes the queued requests.</summary>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(GroupRun run, IReadOnlyList<VerificationRequest> group)
    {
        var (found, keys) = await VerificationStore.BeginAsync(run.Connection, group, run.SkipsHeld);
        var made = new List<LoanChange>(group.Count);
        var answers = new Answer?[group.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = Decide(group[i], found, keys, made);
        var writing = VerificationStore.CommitAsync(run.Transaction, made, keys, time.GetUtcNow());
        run.HandOver();
        await writing;
        return answers;
    }

    // Sees the effects of earlier verifications in the group: their keys, decisions and changed loans. Returns null if
    // the loan is locked.
    private Answer? Decide(
        VerificationRequest request,
        DecidableRepayments found,
        GroupedKeys keys,
        List<LoanChange> made
    )
    {
        if (keys.FindRepeat(request.Use) is { } repeat)
            return repeat;
        var id = request.Target.RepaymentId;
        var isOurs = found.Find(id)?.OrganisationId == request.Target.OrganisationId;
        if (isOurs && found.IsHeld(found.Find(id)!))
            return null;
        var verification = VerificationRules.Verify(
            isOurs ? found.FindCase(id) : null,
            request.Correction,
            request.ActionContext.Today,
            request.ActionContext.By,
            request.IsPerson
        );
        if (verification.IsRefused)
            return Answer.Refused(verification.Refusal);

        var repayment = found.Find(id)!.With(verification.Value.Terms, request.Correction.Reason);
        var change =
            verification.Value.Approval == Approval.First
                ? changes.ApproveFirst(found.LoanOf(repayment), repayment, request.ActionContext)
                : changes.Verify(found.LoanOf(repayment), repayment, request.ActionContext);
        var answer = Answer.Success(DecidedRepayment.Of(change, repayment), MessageOf(change, repayment));
        found.Apply(change, repayment);
        keys.Add(request.Use, answer);
        made.Add(change);
        return answer;
    }

    private static string MessageOf(LoanChange change, StoredRepayment repayment)
    {
        if (change.Decisions[0].Kind == DecisionKind.FirstApproval)
        {
            var amount = change.After.Money(repayment.AmountMinor);
            return $"Your approval of {amount}, paid on {repayment.PaidOn:yyyy-MM-dd}, is recorded. The repayment "
                + "counts once a second officer verifies the same amount and date.";
        }

        var overpaid = change.TransactionOf(repayment.Id).OverpaidMinor;
        return overpaid == 0
            ? "The repayment is verified and counts from its payment date."
            : $"The repayment is verified. It exceeds everything owed by {change.After.Money(overpaid)}, which is "
                + "kept for the customer.";
    }
}

/// <summary>An officer's verification of a repayment, with the data that its idempotency needs.</summary>
/// <param name="Target">The repayment.</param>
/// <param name="Correction">The amount and date that count instead of the reported ones.</param>
/// <param name="ActionContext">The officer and the current instant.</param>
/// <param name="Use">The use of the request's idempotency key.</param>
/// <param name="IsPerson">False for a server that uses an API token.</param>
public sealed record VerificationRequest(
    DecisionTarget Target,
    Correction Correction,
    ActionContext ActionContext,
    KeyUse Use,
    bool IsPerson = true
);

using Paydown.Lending.Approvals;
using Paydown.Lending.Outcomes;
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
/// line what it settled. Above the organisation's four-eyes amount the approval of the first officer is recorded, and
/// that of a second one makes it count. Whoever recorded it is neither. Verifications that wait at the same moment are
/// read, decided and written as one group.
/// </summary>
public sealed class VerifyRepayment : IUseCase, IAsyncDisposable
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
            .Amount("amount", "What has arrived, if the report is wrong; it may be more than is payable.")
            .Optional()
            .NotInExamples(),
        Field
            .Moment("paymentDate", "When it was paid, if the report is wrong: from disbursement to today.")
            .Optional() with
        {
            Example = "2026-01-31",
        },
        Field
            .Text("reason", "Why amount or paymentDate differ from the report; the customer is shown it.", 1, 255)
            .Optional() with
        {
            Example = "Our account was credited a day later.",
        },
    ];

    public static Contract Contract { get; } =
        new Contract("Confirm that a repayment has arrived, and correct its amount or date")
            .Reads(Fields)
            .Returns<DecidedRepayment>()
            .Refuses(
                Refusals.NotFound("repayment"),
                Refusals.AlreadyDecided("VERIFIED"),
                Refusals.RecorderCannotVerify(),
                Refusals.PaymentDateAhead(Sample.Date),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var request = new VerificationRequest(
            new DecisionTarget(call.Caller.OrganisationId, call.PathId("id")),
            await CorrectionOfAsync(call),
            await organisations.OccasionAsync(call, time),
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

    /// <summary>Finishes what waits.</summary>
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

    // Sees what those before it in the group did: their keys, their decisions, and the loans as they left them.
    // Null where the loan is held.
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
            return $"Your approval of {amount}, paid on {repayment.PaidOn:yyyy-MM-dd}, is recorded. This needs a "
                + "second officer: the repayment counts when another one verifies the same.";
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
/// <param name="Correction">What the officer says in place of the report.</param>
/// <param name="ActionContext">Who, when.</param>
/// <param name="Use">The key.</param>
/// <param name="IsPerson">False for a server with an API token.</param>
public sealed record VerificationRequest(
    DecisionTarget Target,
    Correction Correction,
    ActionContext ActionContext,
    KeyUse Use,
    bool IsPerson = true
);

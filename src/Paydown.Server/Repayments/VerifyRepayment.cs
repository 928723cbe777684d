using Paydown.Lending.Approvals;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Telemetry;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>
/// An officer confirms that a repayment has arrived. It then counts from the day it was paid, and the response explains
/// line by line what it settled. Above the organisation's four-eyes amount the first officer's approval is recorded and
/// a second officer's makes it count; neither may be the one who recorded it. Concurrent verifications are read,
/// decided and written as one group.
/// </summary>
public sealed class VerifyRepayment : IUseCase, IAsyncDisposable
{
    private const int GroupSizeMax = 64;
    private const int QueueMax = 2_000;

    private readonly OrganisationDirectory organisations;
    private readonly GroupedWrites<VerificationRequest, DecidableRepayments> writes;

    public VerifyRepayment(
        GroupConnections connections,
        OrganisationDirectory organisations,
        LoanChanges changes,
        TimeProvider time,
        Instruments instruments
    )
    {
        this.organisations = organisations;
        writes = new GroupedWrites<VerificationRequest, DecidableRepayments>(
            connections,
            organisations.ContextAsync,
            time,
            new(
                VerificationStore.ReadAsync,
                (request, found) => Decide(request, found, changes),
                VerificationStore.AddWrites,
                found => found.Changes.Count(change => change.Decisions[0].Kind == DecisionKind.Verified)
            ),
            instruments.Verifications,
            GroupSizeMax,
            QueueMax
        );
    }

    private static readonly Field<decimal?> Amount = Field
        .Amount("amount", "The amount that arrived, if the report is wrong. It may exceed the total payable.")
        .Optional()
        .NotInExamples();
    private static readonly Field<Moment?> PaymentDate = Field
        .Moment("paymentDate", "When it was paid, if the report is wrong: from the day of disbursement to today.")
        .Optional()
        .WithExample("2026-01-31");
    private static readonly Field<string?> Reason = Field
        .Text("reason", "Why the amount or date differs from the report. The customer sees it.", 1, 255)
        .Optional()
        .WithExample("Our account was credited a day later.");

    public static Contract Contract { get; } =
        new Contract("Verify that a repayment has arrived, and correct its amount or date if needed")
            .Reads(Amount, PaymentDate, Reason)
            .Returns<DecidedRepayment>()
            .Refuses(
                Refusals.NotFound("repayment"),
                Refusals.AlreadyDecided("VERIFIED"),
                Refusals.RecorderCannotVerify(),
                Refusals.PaymentDateAhead(Sample.Date),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired(),
                Refusals.ValidationFailed()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var target = new DecisionTarget(call.Caller.OrganisationId, call.Path(RepaymentRoutes.Id));
        var correction = await CorrectionOfAsync(call);
        return await writes.RunAsync(call, _ => new VerificationRequest(target, correction));
    }

    private async ValueTask<Correction> CorrectionOfAsync(Call call)
    {
        var (amount, paidAt, reason) = (call.Body.Get(Amount), call.Body.Get(PaymentDate), call.Body.Get(Reason));
        if (amount is null && paidAt is null && reason is null)
            return Correction.None;
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return new Correction(amount, paidAt?.DateIn(organisation.TimeZone), reason);
    }

    /// <summary>Finishes the queued requests.</summary>
    public ValueTask DisposeAsync() => writes.DisposeAsync();

    /// <summary>Decides one verification of a group; null if its loan is locked.</summary>
    internal static Answer? Decide(
        GroupedRequest<VerificationRequest> request,
        DecidableRepayments found,
        LoanChanges changes
    )
    {
        var (target, correction) = request.Asked;
        if (found.IsHeld(target))
            return null;
        var stored = found.Find(target.RepaymentId);
        var isOurs = stored?.OrganisationId == target.OrganisationId;
        var verification = VerificationRules.Verify(
            isOurs ? found.FindCase(target.RepaymentId) : null,
            correction,
            request.Context.Today,
            request.Context.By,
            isPerson: !request.Caller.IsApiToken
        );
        if (verification.IsRefused)
            return Answer.Refused(verification.Refusal);

        var repayment = stored!.With(verification.Value.Terms, correction.Reason);
        var change =
            verification.Value.Approval == Approval.First
                ? changes.ApproveFirst(found.LoanOf(repayment), repayment, request.Context)
                : changes.Verify(found.LoanOf(repayment), repayment, request.Context);
        found.Apply(change, repayment);
        return Answer
            .Success(DecidedRepayment.Of(change, repayment), MessageOf(change, repayment))
            .About(repayment.Id.AsSubject);
    }

    private static string MessageOf(LoanChange change, StoredRepayment repayment)
    {
        if (change.Decisions[0].Kind == DecisionKind.FirstApproval)
        {
            return $"Your approval of {repayment.Amount}, paid on {repayment.PaidOn:yyyy-MM-dd}, is recorded. The repayment "
                + "counts once a second officer verifies the same amount and date.";
        }

        var overpaid = change.TransactionOf(repayment.Id).Overpaid;
        return overpaid.IsZero
            ? "The repayment is verified and counts from its payment date."
            : $"The repayment is verified. It exceeds everything owed by {overpaid}, which is "
                + "kept for the customer.";
    }
}

/// <summary>An officer's verification of a repayment, with the data that its idempotency needs.</summary>
/// <param name="Target">The repayment.</param>
/// <param name="Correction">The amount and date that count instead of the reported ones.</param>
public sealed record VerificationRequest(DecisionTarget Target, Correction Correction);

using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Telemetry;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Repayments;

/// <summary>
/// A customer reports a repayment already sent by bank transfer; it awaits verification. Concurrent reports are read,
/// decided and written as one group: two round trips and one commit for all of them.
/// </summary>
public sealed class RepayLoan : IUseCase, IAsyncDisposable
{
    private const int GroupSizeMax = 256;
    private const int QueueMax = 10_000;

    private readonly OrganisationDirectory organisations;
    private readonly Ids ids;
    private readonly GroupedWrites<RepaymentReport, ReportedState> writes;

    public RepayLoan(
        GroupConnections connections,
        OrganisationDirectory organisations,
        TimeProvider time,
        Ids ids,
        Instruments instruments
    )
    {
        (this.organisations, this.ids) = (organisations, ids);
        writes = new GroupedWrites<RepaymentReport, ReportedState>(
            connections,
            organisations.ContextAsync,
            time,
            new(RepaymentReportStore.ReadAsync, Decide, RepaymentReportStore.AddWrites, state => state.Recorded.Count),
            instruments.Reports,
            GroupSizeMax,
            QueueMax
        );
    }

    private static readonly Field<decimal> RepaymentAmount = Field
        .Amount("repaymentAmount", "The amount that was sent: more than 0 and at most the total payable.")
        .WithExample(50000);
    private static readonly Field<CustomerId> CustomerId = Field.Id<CustomerId>("customerId", "The customer's own id.");
    internal static readonly Field<LoanId> AccountId = Field.Id<LoanId>("accountId", "The loan account.");
    internal static readonly Field<BankAccountId> BankAccountId = Field.Id<BankAccountId>(
        "bankAccountId",
        "The customer's bank account that the money was sent from."
    );
    internal static readonly Field<string> RepaymentReference = Field
        .Text(
            "repaymentReference",
            "The reference from the repayment instructions, as written on the transfer. White space, "
                + "hyphens, case and surrounding text do not matter.",
            1,
            64
        )
        .Cleaned()
        .WithExample("RF64DEMO000101");
    private static readonly Field<Moment?> PaymentDate = Field
        .Moment("paymentDate", "When it was paid. Absent: now.")
        .Optional()
        .WithExample("2026-01-31");
    private static readonly Field<string?> PaymentNarration = Field
        .Text("paymentNarration", "A note for the officers.", 0, 255)
        .Optional()
        .WithExample("January installment");

    public static Contract Contract { get; } =
        new Contract("Report a repayment already sent by bank transfer")
            .Reads(
                RepaymentAmount,
                CustomerId,
                AccountId,
                BankAccountId,
                RepaymentReference,
                PaymentDate,
                PaymentNarration
            )
            .Returns<RepaymentRecorded>()
            .Refuses(
                Refusals.CustomerMismatch(),
                Refusals.LoanNotFound(),
                Refusals.LoanApplicationMissing(),
                Refusals.LoanClosed(),
                Refusals.ManualRepaymentNotAllowed(),
                Refusals.InvalidAmount(Sample.Amount, Sample.Amount),
                Refusals.BankAccountMismatch(),
                Refusals.PaymentDateOutOfRange(Sample.Date, Sample.Date, RepaymentRules.FutureDaysMax)
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        return await writes.RunAsync(call, context => ReportOf(call, organisation, context));
    }

    /// <summary>Finishes the queued requests.</summary>
    public ValueTask DisposeAsync() => writes.DisposeAsync();

    private static RepaymentReport ReportOf(Call call, Organisation organisation, ActionContext context)
    {
        var body = call.Body;
        return new RepaymentReport
        {
            CallerId = call.Caller.CustomerId,
            UserId = call.Path(RepaymentRoutes.UserId),
            CustomerId = body.Get(CustomerId),
            AccountId = body.Get(AccountId),
            BankAccountId = body.Get(BankAccountId),
            Amount = body.Get(RepaymentAmount),
            Reference = body.Get(RepaymentReference),
            PaidOn = body.Get(PaymentDate)?.DateIn(organisation.TimeZone) ?? context.Today,
            Narration = body.Get(PaymentNarration),
        };
    }

    // Null if the loan is locked.
    private Answer? Decide(GroupedRequest<RepaymentReport> request, ReportedState state)
    {
        var report = request.Asked;
        if (state.HeldAccounts.Contains((report.CallerId, report.AccountId)))
            return null;
        var account = state.Accounts.GetValueOrDefault((report.CallerId, report.AccountId));
        var result = RepaymentRules.Report(
            account?.ToPayable(),
            report,
            state.BankAccounts.Contains((report.CallerId, report.BankAccountId)),
            request.Context.Today
        );
        if (result.IsRefused)
            return Answer.Refused(result.Refusal);

        var repayment = new RecordedRepayment(ids.Next<RepaymentId>(), request, account!, result.Value);
        state.Record(repayment);
        return RepaymentRecorded.ToAnswer(repayment);
    }
}

/// <summary>A repayment that is about to be written.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Request">The report.</param>
/// <param name="Account">The loan account that it is for.</param>
/// <param name="Pending">The pending repayment that the rules made of the report.</param>
public sealed record RecordedRepayment(
    RepaymentId Id,
    GroupedRequest<RepaymentReport> Request,
    ReportedAccount Account,
    PendingRepayment Pending
)
{
    public RepaymentReport Report => Request.Asked;

    public NewRepayment ToNewRepayment(DateTimeOffset now) =>
        new()
        {
            CustomerId = Report.CallerId,
            Id = Id,
            OrganisationId = Request.Caller.OrganisationId,
            AccountId = Report.AccountId,
            Amount = Pending.Amount,
            Method = PaymentMethod.BankTransfer,
            Reference = Report.Reference,
            ReferenceMatches = Pending.ReferenceMatches,
            PaidOn = Report.PaidOn,
            BankAccountId = Report.BankAccountId,
            Narration = Report.Narration,
            RecordedBy = Report.CallerId.AsUser,
            RecordedAt = now,
        };
}

using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>
/// A customer reports a repayment already sent by bank transfer; it waits for verification. Reports that wait at the
/// same moment are read, decided and written as one group: two round trips and one commit for all of them.
/// </summary>
public sealed class RepayLoan : IUseCase, IAsyncDisposable
{
    private const int GroupSizeMax = 256;
    private const int WaitingMax = 10_000;

    private readonly OrganisationDirectory organisations;
    private readonly TimeProvider time;
    private readonly Ids ids;
    private readonly GroupedWrites<Reported> writer;

    public RepayLoan(GroupConnections connections, OrganisationDirectory organisations, TimeProvider time, Ids ids)
    {
        (this.organisations, this.time, this.ids) = (organisations, time, ids);
        writer = new GroupedWrites<Reported>(connections, RunGroupAsync, GroupSizeMax, WaitingMax, time);
    }

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Amount("repaymentAmount", "What was sent: more than 0, at most the total payable.") with
        {
            Example = 50000,
        },
        Field.Id("customerId", "The signed-in customer."),
        Field.Id("accountId", "The loan account."),
        Field.Id("bankAccountId", "The bank account of the customer that it was sent from."),
        Field
            .Text(
                "repaymentReference",
                "The reference of the repayment instructions as it is on the transfer; white space, hyphens, case and text "
                    + "around it do not matter.",
                1,
                64
            )
            .Cleaned() with
        {
            Example = "RF64DEMO000101",
        },
        Field.Moment("paymentDate", "When it was paid; absent: now.").Optional() with
        {
            Example = "2026-01-31",
        },
        Field.Text("paymentNarration", "A note.", 0, 255).Optional() with
        {
            Example = "January installment",
        },
    ];

    public static Contract Contract { get; } =
        new Contract("Report a repayment already sent by bank transfer")
            .Reads(Fields)
            .Returns<RepaymentRecorded>()
            .Refuses(
                Refusals.CustomerMismatch(),
                Refusals.LoanNotFound(),
                Refusals.LoanApplicationMissing(),
                Refusals.LoanClosed(),
                Refusals.ManualRepaymentNotAllowed(),
                Refusals.InvalidAmount(Sample.Amount, Sample.Amount),
                Refusals.BankAccountMismatch()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var today = organisation.Today(time);
        var body = call.Body;
        var report = new RepaymentReport
        {
            CallerId = call.Caller.UserId,
            UserId = call.PathId("user-id"),
            CustomerId = body.Id("customerId"),
            AccountId = body.Id("accountId"),
            BankAccountId = body.Id("bankAccountId"),
            Amount = body.Amount("repaymentAmount"),
            Reference = body.Text("repaymentReference"),
            PaidOn = body.MomentOrNull("paymentDate")?.DateIn(organisation.TimeZone) ?? today,
            Narration = body.TextOrNull("paymentNarration"),
        };
        var reported = new Reported(report, call.Caller.OrganisationId, today, KeyUse.Of(call));
        return await writer.SubmitAsync(reported, call.Cancellation);
    }

    /// <summary>Finishes what waits.</summary>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    // Null is for those whose loan is held.
    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(GroupRun run, IReadOnlyList<Reported> group)
    {
        var known = await RepaymentReportStore.ReadAsync(run.Connection, group, run.SkipsHeld);
        var recorded = new List<RecordedRepayment>(group.Count);
        var answers = new Answer?[group.Count];
        var now = time.GetUtcNow();
        for (var i = 0; i < group.Count; i++)
            answers[i] = Decide(group[i], known, recorded, now);
        var writing = RepaymentReportStore.WriteAsync(run.Transaction, known.Keys, recorded, now);
        run.HandOver();
        await writing;
        return answers;
    }

    // Sees what those before it in the group did: their keys, and what they left payable.
    private Answer? Decide(Reported reported, ReportedState known, List<RecordedRepayment> recorded, DateTimeOffset now)
    {
        if (known.Keys.FindRepeat(reported.Use) is { } repeat)
            return repeat;
        var report = reported.Report;
        if (known.HeldAccounts.Contains((report.CallerId, report.AccountId)))
            return null;
        var account = known.Accounts.GetValueOrDefault((report.CallerId, report.AccountId));
        var result = RepaymentRules.Report(
            account?.ToPayable(),
            report,
            known.BankAccounts.Contains((report.CallerId, report.BankAccountId)),
            reported.Today
        );
        if (result.IsRefused)
            return Answer.Refused(result.Refusal);

        var repayment = new RecordedRepayment(ids.Next(), reported, account!, result.Value);
        var answer = RepaymentRecorded.ToAnswer(repayment);
        account!.PendingMinor += result.Value.Amount.MinorUnits;
        known.Keys.Add(reported.Use, answer);
        recorded.Add(repayment with { Event = RepaymentRecorded.ToEvent(repayment, now) });
        return answer;
    }
}

/// <summary>A report with what its idempotency needs.</summary>
public sealed record Reported(RepaymentReport Report, Guid OrganisationId, DateOnly Today, KeyUse Use);

/// <summary>A repayment that is about to be written.</summary>
public sealed record RecordedRepayment(Guid Id, Reported Reported, ReportedAccount Account, PendingRepayment Pending)
{
    /// <summary>The payload of the event that tells of it.</summary>
    public byte[] Event { get; init; } = [];
}

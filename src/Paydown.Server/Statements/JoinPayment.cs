using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer makes an entry that waits a part of a report, because the customer paid it by several transfers. The
/// report is verified when its parts add up to it. Until then their money stays in the suspense account, and any other
/// decision on a part takes it out again. The bank's entries are one pair of eyes and the officer the other.
/// </summary>
public sealed class JoinPayment(SingleWrites writes, LoanChanges changes, Ids ids) : IUseCase
{
    private const int WithMax = 49;

    private static readonly Field<RepaymentId> RepaymentId = Field.Id<RepaymentId>(
        "repaymentId",
        "The report that the entries pay together."
    );
    private static readonly Field<IReadOnlyList<StatementEntryId>?> With = Field
        .Values(
            "withEntryIds",
            $"Other entries that wait and are parts of the report too, at most {WithMax}.",
            WithMax,
            Field.Id<StatementEntryId>("entryId", "An entry.")
        )
        .Optional()
        .NotInExamples();
    private static readonly Field<string?> Reason = Field
        .Text("reason", "Why, for the history of the entries.", 1, 255)
        .Optional()
        .WithExample("The customer paid in two transfers.");

    public static Contract Contract { get; } =
        new Contract("Join unidentified entries to one report that they pay together")
            .Reads(RepaymentId, With, Reason)
            .Returns<DecidedEntry>()
            .Refuses(
                Refusals.NotFound("unmatched payment"),
                Refusals.EntryNotOpen("MATCHED"),
                Refusals.EntryIsMoneyOut(),
                Refusals.NotFound("repayment"),
                Refusals.ReportNotOpen(),
                Refusals.ValidationFailed(),
                Refusals.PartsExceedReport(Sample.Amount, Sample.Amount)
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => JoinAsync(connection, call, context));

    private async ValueTask<Answer> JoinAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var (organisationId, id) = (call.Caller.OrganisationId, call.Path(StatementRoutes.EntryId));
        var repaymentId = call.Body.Get(RepaymentId);
        List<StatementEntryId> asked = [id, .. call.Body.Get(With) ?? []];
        var known = await ReportPartStore.LockAsync(connection, organisationId, repaymentId, call.Cancellation);
        var locked = await EntryMatchStore.LockAllAsync(
            connection,
            organisationId,
            [.. asked.Concat(known).Distinct()],
            call.Cancellation
        );
        var joining = locked.Where(entry => asked.Contains(entry.Id)).ToList();
        if (joining.Count < asked.Distinct().Count())
            return Answer.Refused(Refusals.NotFound("unmatched payment"));
        if (joining.Find(entry => !entry.IsOpen) is { } decided)
            return Answer.Refused(Refusals.EntryNotOpen(Words.Write(decided.State)));
        if (joining.Exists(entry => !entry.Amount.IsPositive))
            return Answer.Refused(Refusals.EntryIsMoneyOut());

        var found = await VerificationStore.ReadAsync(
            connection,
            [new DecisionTarget(organisationId, repaymentId)],
            call.Cancellation
        );
        var report = await ReportOfAsync(connection, found, repaymentId, joining, call.Cancellation);
        if (report.IsRefused)
            return Answer.Refused(report.Refusal);
        // What another decision has taken out since is no part any more.
        var parts = locked.Where(entry => joining.Contains(entry) || entry.IsPartOf(repaymentId)).ToList();
        var total = report.Value.Amount;
        var arrived = Money.Sum(parts.Select(part => part.Amount), total.Currency);
        if (arrived > total)
            return Answer.Refused(Refusals.PartsExceedReport(arrived, total));

        var joined = new EntryWrites(changes, ids, found);
        var reason = call.Body.Get(Reason) ?? "Joined by an officer.";
        if (arrived == total)
            Complete(joined, parts, report.Value, reason, context);
        else
            Wait(joined, joining, report.Value, reason, context);
        await joined.WriteAsync(connection, call.Cancellation);
        var message = arrived == total ? "The report is complete." : $"{arrived} of {total} has arrived.";
        var first = joining.Find(entry => entry.Id == id)!;
        return await DecidedEntry.AnswerAsync(connection, first, null, message, call.Cancellation);
    }

    private static async Task<Result<StoredRepayment>> ReportOfAsync(
        NpgsqlConnection connection,
        DecidableRepayments found,
        RepaymentId id,
        List<StoredEntry> joining,
        CancellationToken cancellation
    )
    {
        if (found.Find(id) is not { } report)
            return Refusals.NotFound("repayment");
        var isOpen =
            report.Status == RepaymentStatus.PendingVerification
            || report is { Status: RepaymentStatus.Verified, Method: PaymentMethod.BankTransfer }
                && !await VerificationStore.IsPaidByEntryAsync(connection, id, cancellation);
        if (!isOpen)
            return Refusals.ReportNotOpen();
        return joining.Find(entry => entry.Amount.Currency != report.Amount.Currency) is { } other
            ? Refusals.ValidationFailed(
                new FieldError(
                    RepaymentId.Name,
                    $"is in {report.Amount.Currency.Code}; the money is in {other.Amount.Currency.Code}."
                )
            )
            : report;
    }

    private static void Wait(
        EntryWrites joined,
        List<StoredEntry> joining,
        StoredRepayment report,
        string reason,
        ActionContext context
    )
    {
        foreach (var entry in joining)
            joined.Decide(
                new(entry, entry.State, null, [reason], [], context) { LoanId = report.AccountId, PartOf = report }
            );
    }

    private static void Complete(
        EntryWrites joined,
        List<StoredEntry> parts,
        StoredRepayment report,
        string reason,
        ActionContext context
    )
    {
        var effect = joined.PayTogether(parts, report, context);
        foreach (var part in parts)
        {
            var payer = OwnAccount.NumberOf(part.Entry.CounterpartyAccount ?? "");
            var link = new EntryLink(report.CustomerId, report.Id, part.Amount, effect);
            joined.Identify(part, context);
            joined.Decide(
                new(part, EntryState.Assigned, null, [reason], [link], context)
                {
                    PayerAccount = payer.Length > 0 ? payer : null,
                }
            );
        }
    }
}

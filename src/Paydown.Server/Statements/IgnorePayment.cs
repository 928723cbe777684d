using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer sets an entry aside that is neither a repayment nor the bank's own: the accountant books it elsewhere, so
/// it leaves these books. Above the organisation's four-eyes amount, a second officer must approve.
/// </summary>
public sealed class IgnorePayment(SingleWrites writes, LoanChanges changes, FourEyes fourEyes, Ids ids) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why, for the history of the entry.", 1, 255)
        .WithExample("Capital of the owner, booked by the accountant.");

    public static Contract Contract { get; } =
        new Contract("Set an unidentified bank entry aside")
            .Reads(Reason)
            .Returns<DecidedEntry>()
            .Refuses(
                Refusals.NotFound("unmatched payment"),
                Refusals.EntryNotOpen("MATCHED"),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => IgnoreAsync(connection, call, context));

    private async ValueTask<Answer> IgnoreAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var entry = await EntryMatchStore.LockAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(StatementRoutes.EntryId),
            call.Cancellation
        );
        if (entry is null)
            return Answer.Refused(Refusals.NotFound("unmatched payment"));
        if (!entry.IsOpen)
            return Answer.Refused(Refusals.EntryNotOpen(Words.Write(entry.State)));
        var reason = call.Body.Get(Reason);
        var approval = await fourEyes.ApproveAsync(
            connection,
            DecidedEntry.ActOf(entry, ActKind.IgnoreBankEntry, reason),
            call,
            context
        );
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            var message = AwaitedApproval.Message("the entry is set aside");
            return await DecidedEntry.AnswerAsync(connection, entry, awaited, message, call.Cancellation);
        }

        var decided = new EntryWrites(changes, ids, new DecidableRepayments());
        decided.Identify(entry, context);
        decided.Decide(entry, EntryState.Ignored, null, [reason], [], context);
        await decided.WriteAsync(connection, call.Cancellation);
        return await DecidedEntry.AnswerAsync(connection, entry, null, "The entry is set aside.", call.Cancellation);
    }
}

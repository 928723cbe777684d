using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Loans;

/// <summary>
/// What the acts of officers on a running loan have in common: the loan is locked, the act is decided, and it is shown
/// without effect if the officer only wants to see it. Above the organisation's four-eyes amount, which is compared
/// with everything outstanding, a second manager must approve.
/// </summary>
public sealed class LoanActing(SingleWrites writes, LoanChanges changes, FourEyes fourEyes, Ids ids)
{
    /// <summary>Why the act is done; for the audit trail and the list of acts.</summary>
    public static Field<string> Reason { get; } =
        Field.Text("reason", "Why, for the audit trail.", 1, 255).WithExample("The customer lost work for a time.");

    /// <summary>Whether the act is only shown.</summary>
    public static Field<bool?> DryRun { get; } =
        Field
            .Boolean("dryRun", "True to see the schedule before and after without changing anything. Absent: false.")
            .Optional();

    /// <summary>Decides about an act, and records it or shows it.</summary>
    /// <param name="call">The request, with <see cref="Reason"/> and <see cref="DryRun"/>.</param>
    /// <param name="kind">The act, for the approval of a second manager.</param>
    /// <param name="message">What the response says once it is done.</param>
    /// <param name="decide">The rule, with the new event's id, sequence and day.</param>
    public ValueTask<Answer> RunAsync(
        Call call,
        ActKind kind,
        string message,
        Func<Loan?, NewAct, Result<LoanAct>> decide
    ) => writes.RunAsync(call, (connection, context) => DecideAsync(connection, call, context, kind, message, decide));

    private async ValueTask<Answer> DecideAsync(
        NpgsqlConnection connection,
        Call call,
        ActionContext context,
        ActKind kind,
        string message,
        Func<Loan?, NewAct, Result<LoanAct>> decide
    )
    {
        var stored = await LoanStore.FindInOrganisationAsync(
            connection,
            call.Caller.OrganisationId,
            call.Path(LoanRoutes.AccountId),
            forUpdate: true,
            call.Cancellation
        );
        var before = stored?.Replay(context.Today);
        var decided = decide(before, new NewAct(ids.Next<LoanEventId>(), stored?.NextSequence ?? 1, context.Today));
        if (decided.IsRefused)
            return Answer.Refused(decided.Refusal);

        var (loan, act, reason) = (stored!, decided.Value, call.Body.Get(Reason));
        var change = changes.Act(loan, act, reason, context);
        if (call.Body.Get(DryRun) == true)
        {
            return Answer.Success(
                ChangedLoan.Of(change, before!, isPreview: true, awaited: null),
                "Nothing is changed yet: this is the schedule as it would be."
            );
        }

        var outstanding = loan.Money(before!.Outstanding.Total);
        var asked = loan.ActOf(kind, outstanding, StoredAct.Of(act), reason);
        var approval = await fourEyes.ApproveAsync(connection, asked, call, context);
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                ChangedLoan.Of(change, before, isPreview: true, awaited),
                AwaitedApproval.Message("the loan is changed")
            );
        }

        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(ChangedLoan.Of(change, before, isPreview: false, awaited: null), message);
    }
}

/// <summary>What a rule has decided, as an act.</summary>
internal static class DecidedActs
{
    /// <summary>The act of what was decided, or the refusal.</summary>
    public static Result<LoanAct> Then<T>(this Result<T> decided, Func<T, LoanAct> act)
        where T : notnull => decided.IsRefused ? decided.Refusal : act(decided.Value);
}

/// <summary>What a new act begins with.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sequence">Its place among the events of the loan.</param>
/// <param name="On">Today.</param>
public readonly record struct NewAct(LoanEventId Id, int Sequence, DateOnly On);

/// <summary>A running loan that an officer has changed, or would change.</summary>
/// <param name="AccountId">The loan account.</param>
/// <param name="ActId">The act, which undoing it takes; null if nothing is changed yet.</param>
/// <param name="IsPreview">True if nothing is changed yet.</param>
/// <param name="AccountState">The loan account's state after the act.</param>
/// <param name="TotalBalance">Everything outstanding after the act.</param>
/// <param name="MaturityDate">The due date of the last installment after the act.</param>
/// <param name="ScheduleBefore">The schedule without the act.</param>
/// <param name="ScheduleAfter">The schedule with it.</param>
/// <param name="AwaitedApproval">The act that awaits a second manager; null if there is none.</param>
public sealed record ChangedLoan(
    LoanId AccountId,
    LoanEventId? ActId,
    bool IsPreview,
    LoanStatus AccountState,
    Money TotalBalance,
    DateOnly? MaturityDate,
    IReadOnlyList<PaymentHistoryRow> ScheduleBefore,
    IReadOnlyList<PaymentHistoryRow> ScheduleAfter,
    AwaitedApproval? AwaitedApproval
)
{
    public static ChangedLoan Of(LoanChange change, Loan before, bool isPreview, AwaitedApproval? awaited)
    {
        var after = change.State;
        return new(
            change.After.Id,
            isPreview ? null : change.Events[0].Id,
            isPreview,
            after.Status,
            change.After.Money(after.Outstanding.Total),
            after.Installments.Count > 0 ? after.Installments[^1].DueOn : null,
            RowsOf(before),
            RowsOf(after),
            awaited
        );
    }

    private static IReadOnlyList<PaymentHistoryRow> RowsOf(Loan loan) =>
        [.. loan.Installments.Select(row => PaymentHistoryRow.Of(row, loan))];
}

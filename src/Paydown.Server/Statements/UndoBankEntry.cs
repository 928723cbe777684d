using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>
/// An officer undoes the decision on an entry of a bank statement, whoever took it. Its money waits again. A repayment
/// that the entry verified or made is reversed; a customer's report is then open again under a new id, because the
/// decisions on the old one are final. A repayment that an officer had verified before stays verified, without an
/// entry. Above the organisation's four-eyes amount, a second officer must approve.
/// </summary>
public sealed class UndoBankEntry(SingleWrites writes, LoanChanges changes, FourEyes fourEyes, Ids ids) : IUseCase
{
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why. The customer of a repayment that is taken back sees it.", 1, 255)
        .WithExample("The money is for another loan.");

    public static Contract Contract { get; } =
        new Contract("Undo the decision on an entry of a bank statement")
            .Reads(Reason)
            .Returns<DecidedEntry>()
            .Refuses(
                Refusals.NotFound("bank entry"),
                Refusals.EntryNotDecided("UNMATCHED"),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => UndoAsync(connection, call, context));

    // What the bank took back and the transfers of wallets have their own ways back.
    // A return that was paid is undone at the money out; its order can be undone after that.
    private static bool CanBeUndone(StoredEntry entry) =>
        entry.State
            is EntryState.Matched
                or EntryState.Assigned
                or EntryState.NotARepayment
                or EntryState.Ignored
                or EntryState.ReturnOrdered
        || entry is { State: EntryState.ReturnedToPayer, Amount.IsPositive: false }
        || entry is { IsOpen: true, PartOf: not null };

    // The whole report, if other entries pay it too.
    private static Money AmountOf(IReadOnlyList<StoredEntry> all)
    {
        var sum = Money.Sum(all.Select(one => one.Amount), all[0].Amount.Currency);
        return sum.IsPositive ? sum : -sum;
    }

    // The entry waits by itself; its money was in the suspense account all the time.
    private async Task LeaveReportAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        string reason,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var left = new EntryWrites(changes, ids, new DecidableRepayments());
        left.Decide(entry, entry.State, null, [reason], [], context);
        await left.WriteAsync(connection, cancellation);
    }

    private async ValueTask<Answer> UndoAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var (organisationId, id) = (call.Caller.OrganisationId, call.Path(StatementRoutes.EntryId));
        var joined = await ReportPartStore.LockLinkedAsync(connection, organisationId, id, call.Cancellation);
        var locked = await EntryMatchStore.LockAllAsync(connection, organisationId, [id, .. joined], call.Cancellation);
        var entry = locked.FirstOrDefault(one => one.Id == id);
        if (entry is null)
            return Answer.Refused(Refusals.NotFound("bank entry"));
        if (!CanBeUndone(entry) || entry.TogetherWith(locked) is not { } all)
            return Answer.Refused(Refusals.EntryNotDecided(Words.Write(entry.State)));
        var reason = call.Body.Get(Reason);
        var approval = await fourEyes.ApproveAsync(
            connection,
            DecidedEntry.ActOf(entry, ActKind.UndoBankEntry, reason) with
            {
                Amount = AmountOf(all),
            },
            call,
            context
        );
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            var message = AwaitedApproval.Message("the decision is undone");
            return await DecidedEntry.AnswerAsync(connection, entry, awaited, message, call.Cancellation);
        }

        if (entry.IsOpen)
            await LeaveReportAsync(connection, entry, reason, context, call.Cancellation);
        else
            await WriteAsync(connection, entry, all, reason, context, call.Cancellation);
        return await DecidedEntry.AnswerAsync(
            connection,
            entry,
            null,
            "The decision is undone; the money waits again.",
            call.Cancellation
        );
    }

    private async Task WriteAsync(
        NpgsqlConnection connection,
        StoredEntry entry,
        IReadOnlyList<StoredEntry> all,
        string reason,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var taken = entry
            .Links.Where(link => link.Effect is not (LinkEffect.Confirmed or LinkEffect.JoinedConfirmed))
            .ToList();
        var found =
            taken.Count == 0
                ? new DecidableRepayments()
                : await VerificationStore.ReadAsync(
                    connection,
                    [.. taken.Select(link => new DecisionTarget(entry.OrganisationId, link.RepaymentId))],
                    cancellation
                );
        var undone = new EntryWrites(changes, ids, found);
        foreach (var link in taken)
            undone.TakeBack(link, reason, reopens: true, context);
        if (await RemittanceStore.FindAsync(connection, entry, cancellation) is { } remittance)
        {
            undone.Unremit(remittance, context);
        }
        else if (entry.State == EntryState.NotARepayment)
        {
            var movement = await EntryMatchStore.FindMovementAsync(connection, entry, cancellation);
            undone.Unbook(entry, movement, context);
        }

        if (entry.State == EntryState.ReturnedToPayer)
        {
            var sentId = await EntryReturnStore.FindOtherAsync(connection, entry, cancellation);
            var sent = (await EntryMatchStore.LockAsync(connection, entry.OrganisationId, sentId, cancellation))!;
            var order = await EntryReturnStore.FindOrderAsync(connection, sent, cancellation);
            undone.UnpayReturn(entry, sent, order, reason, context);
        }

        if (entry.State == EntryState.ReturnOrdered)
        {
            undone.CancelReturn(entry, await EntryReturnStore.FindOrderAsync(connection, entry, cancellation), context);
            undone.Decide(entry, EntryState.Unmatched, null, [reason], [], context);
            await undone.WriteAsync(connection, cancellation);
            return;
        }

        // All entries that pay a report together wait again: none of them pays it alone.
        foreach (var one in all)
            undone.Suspend(one, EntryState.Unmatched, null, [reason], context);
        await undone.WriteAsync(connection, cancellation);
    }
}

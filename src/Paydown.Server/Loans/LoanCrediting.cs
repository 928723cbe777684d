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
/// What the credits of a lender to a running loan have in common: the loan is locked, the amount is decided, and the
/// credit is shown without effect if the officer only wants to see it. Above the organisation's four-eyes amount, a
/// second manager must approve.
/// </summary>
public sealed class LoanCrediting(SingleWrites writes, LoanChanges changes, FourEyes fourEyes, Ids ids)
{
    /// <summary>Decides about a credit, and records it or shows it.</summary>
    /// <param name="call">The request, with the reason and whether it is only shown.</param>
    /// <param name="kind">The act, for the approval of a second manager.</param>
    /// <param name="message">What the response says once it is done.</param>
    /// <param name="decide">The rule: the amount, from the loan as of today and its events.</param>
    /// <param name="credit">The event, with its id, sequence, day and amount.</param>
    public ValueTask<Answer> RunAsync(
        Call call,
        ActKind kind,
        string message,
        Func<Loan?, IReadOnlyList<LoanEvent>, Result<Money>> decide,
        Func<NewAct, Money, MoneyEvent> credit
    ) =>
        writes.RunAsync(
            call,
            (connection, context) => DecideAsync(connection, call, context, kind, message, decide, credit)
        );

    private async ValueTask<Answer> DecideAsync(
        NpgsqlConnection connection,
        Call call,
        ActionContext context,
        ActKind kind,
        string message,
        Func<Loan?, IReadOnlyList<LoanEvent>, Result<Money>> decide,
        Func<NewAct, Money, MoneyEvent> credit
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
        var amount = decide(before, stored?.Events ?? []);
        if (amount.IsRefused)
            return Answer.Refused(amount.Refusal);

        var (loan, reason) = (stored!, call.Body.Get(LoanActing.Reason));
        var given = credit(new NewAct(ids.Next<LoanEventId>(), loan.NextSequence, context.Today), amount.Value);
        var change = changes.Credit(loan, given, reason, context);
        if (call.Body.Get(LoanActing.DryRun) == true)
        {
            return Answer.Success(
                ChangedLoan.Of(change, before!, isPreview: true, awaited: null),
                "Nothing is changed yet: this is the schedule as it would be."
            );
        }

        var terms = new { (given as ChargeAdjusted)?.ChargeId, Amount = amount.Value };
        var approval = await fourEyes.ApproveAsync(
            connection,
            loan.ActOf(kind, amount.Value, terms, reason),
            call,
            context
        );
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
        {
            return Answer.Success(
                ChangedLoan.Of(change, before!, isPreview: true, awaited),
                AwaitedApproval.Message("the amount is credited")
            );
        }

        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(ChangedLoan.Of(change, before!, isPreview: false, awaited: null), message);
    }
}

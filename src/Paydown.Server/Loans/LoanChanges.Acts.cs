using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Loans;

/// <content>Changes of what was agreed on a running loan.</content>
public sealed partial class LoanChanges
{
    /// <summary>Changes how a running loan goes on, as an officer has agreed.</summary>
    public LoanChange Act(StoredLoan stored, LoanAct act, string reason, ActionContext context)
    {
        var before = BookedState(stored);
        var replayed = Replayed(stored, before, act, context);
        if (act is LoanChargedOff)
            return ChargedOff(replayed, act, reason);
        var change = Audited(
            replayed,
            "AGREEMENT_CHANGED",
            new
            {
                ActId = act.Id,
                act.Kind,
                act.On,
                Terms = StoredAct.Of(act),
                Reason = reason,
            }
        );
        return change with
        {
            Reason = reason,
            Messages = [MessageOf(change, EventType.LoanAgreementChanged), .. PaidOff(before, change)],
        };
    }

    private LoanChange ChargedOff(LoanChange replayed, LoanAct act, string reason)
    {
        var amount = replayed.State.Transactions.First(one => one.EventId == act.Id).Amount;
        var change = Audited(
            replayed,
            "LOAN_CHARGED_OFF",
            new
            {
                ActId = act.Id,
                act.On,
                Amount = amount,
                Reason = reason,
            }
        );
        return change with { Reason = reason, Messages = [MessageOf(change, EventType.LoanChargedOff)] };
    }

    /// <summary>Takes a change of the agreement back, as if it had never been made.</summary>
    public LoanChange TakeBack(StoredLoan stored, LoanAct act, string reason, ActionContext context)
    {
        var reversal = ReversalOf(stored, act.Id, context.Today);
        var before = BookedState(stored);
        var change = Audited(
            Replayed(stored, before, reversal, context),
            "ACT_UNDONE",
            new
            {
                ActId = act.Id,
                act.Kind,
                Reason = reason,
            }
        );
        return change with
        {
            Reason = reason,
            Messages =
            [
                ActOf(change, EventType.LoanActUndone, act.Id, Money.Zero(stored.Currency)),
                .. PaidOff(before, change),
            ],
        };
    }
}

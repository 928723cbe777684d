using Paydown.Lending.Accounting;
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

    /// <summary>Credits an amount to the loan: for a charge, or as a payment in the customer's place.</summary>
    public LoanChange Credit(StoredLoan stored, MoneyEvent credit, string reason, ActionContext context)
    {
        var before = BookedState(stored);
        var change = Audited(
            Replayed(stored, before, credit, context),
            "CREDIT_GIVEN",
            new
            {
                ActId = credit.Id,
                credit.Kind,
                (credit as ChargeAdjusted)?.ChargeId,
                credit.Amount,
                Reason = reason,
            }
        );
        return change with
        {
            Reason = reason,
            Messages = [ActOf(change, EventType.LoanCreditGiven, credit.Id, credit.Amount), .. PaidOff(before, change)],
        };
    }

    /// <summary>
    /// Takes a disbursement back, with all charges and waivers if it was the only one. Its money leaves the wallet; its
    /// fees and its down payment return there.
    /// </summary>
    /// <param name="stored">The loan.</param>
    /// <param name="undone">What is reversed; the disbursement comes first.</param>
    /// <param name="paidOut">What the disbursement paid out and kept back.</param>
    /// <param name="reason">For the audit trail.</param>
    /// <param name="context">Who makes the change, and when.</param>
    public LoanChange UndoDisbursement(
        StoredLoan stored,
        IReadOnlyList<LoanEvent> undone,
        UndonePayout paidOut,
        string reason,
        ActionContext context
    )
    {
        var (id, today) = (undone[0].Id, context.Today);
        var reversals = undone.Select(
            (one, index) => ReversalOf(stored, one.Id, today) with { Sequence = stored.NextSequence + index }
        );
        var change = Replayed(stored, BookedState(stored), [.. reversals], context);
        // What comes back first, so no line of the wallet is below zero.
        List<JournalEntry> moved = [];
        if (paidOut.Fees.IsPositive)
            moved.Add(WalletPostings.DisbursementFeesReturned(id, paidOut.Fees, today));
        if (paidOut.DownPayment.IsPositive)
            moved.Add(
                WalletPostings.ReturnedToWallet(DerivedId.DownPayment(id).AsRepayment, paidOut.DownPayment, today)
            );
        moved.Add(WalletPostings.DisbursementTakenBack(id, paidOut.Amount, today));
        return change with
        {
            After = change.State.Disbursed.IsZero ? change.After with { DisbursedOn = null } : change.After,
            Reason = reason,
            WalletEntries = [.. moved.Select(Booked)],
        };
    }

    /// <summary>Pays out a loan again whose first disbursement was undone.</summary>
    /// <param name="stored">The account, of which nothing is paid out.</param>
    /// <param name="events">The disbursement and the agreed charges, numbered from 1.</param>
    /// <param name="accrual">How its interest becomes income.</param>
    /// <param name="context">Who makes the change, and when.</param>
    public LoanChange OpenAgain(
        StoredLoan stored,
        IReadOnlyList<LoanEvent> events,
        AccrualRule accrual,
        ActionContext context
    ) =>
        Replayed(
            stored with
            {
                DisbursedOn = events[0].On,
                Standing = stored.Standing with { Accrual = accrual },
            },
            BookedState(stored),
            [.. events.Select(one => one with { Sequence = one.Sequence + stored.Events.Count })],
            context
        );

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

/// <summary>What a disbursement that is undone paid out.</summary>
/// <param name="Amount">All of it.</param>
/// <param name="Fees">The fees that were kept back from it.</param>
/// <param name="DownPayment">The down payment that was collected from it.</param>
public sealed record UndonePayout(Money Amount, Money Fees, Money DownPayment)
{
    /// <summary>What came to the wallet, and must be there.</summary>
    public Money Credited => Amount - Fees - DownPayment;
}

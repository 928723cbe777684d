using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Interest;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// The events of a loan in the order in which they count, and which of them were taken back. Whatever order they are
/// given in, the result is the same.
/// </summary>
internal sealed class EventOrder
{
    private readonly bool chargesComeFirst;
    private Dictionary<Guid, LoanEvent>? reversals;

    private EventOrder(LoanEvent[] events, AllocationStrategy strategy)
    {
        Events = events;
        chargesComeFirst = strategy != AllocationStrategy.Advanced;
    }

    public LoanEvent[] Events { get; }

    public bool HasReversals => reversals is not null;

    public static EventOrder Of(IReadOnlyList<LoanEvent> events, AllocationStrategy strategy)
    {
        var order = new EventOrder(new LoanEvent[events.Count], strategy);
        var sorted = order.Events;
        for (var i = 0; i < sorted.Length; i++)
        {
            var loanEvent = events[i];
            var at = i;
            for (; at > 0 && order.ComesBefore(loanEvent, sorted[at - 1]); at--)
                sorted[at] = sorted[at - 1];
            sorted[at] = loanEvent;
        }

        order.FindReversals();
        return order;
    }

    /// <summary>
    /// The day from which an event counts in the fold: as <see cref="EffectiveOn"/>; but if debts are paid installment
    /// by installment, a charge belongs to its installment from the start, so that an earlier payment pays it.
    /// </summary>
    public DateOnly CountsFrom(LoanEvent loanEvent) =>
        chargesComeFirst && loanEvent.Kind == LoanEventKind.Charge ? DateOnly.MinValue : EffectiveOn(loanEvent);

    /// <summary>The day from which an event counts: a charge from its due date where that is earlier.</summary>
    public static DateOnly EffectiveOn(LoanEvent loanEvent) =>
        loanEvent is { Kind: LoanEventKind.Charge, DueOn: { } dueOn } && dueOn < loanEvent.On ? dueOn : loanEvent.On;

    public bool IsReversed(Guid id) => reversals is not null && reversals.ContainsKey(id);

    public LoanEvent ReversalOf(Guid id) => reversals![id];

    /// <summary>The rows of a cumulative loan whose interest follows what was really paid.</summary>
    public InstallmentState[] RecalculatedRows(
        LoanTerms terms,
        LoanEvent disbursement,
        DateOnly asOf,
        DateOnly endOfDayOn,
        out long? closing
    )
    {
        var payments = new List<CumulativeRecalculation.Payment>();
        var charges = new List<CumulativeRecalculation.ChargeDue>();
        var lastOn = endOfDayOn > disbursement.On ? endOfDayOn : disbursement.On;
        if (terms.DownPayment is { Automatic: true } && !IsReversed(DerivedId.DownPayment(disbursement.Id)))
            payments.Add(new(disbursement.On, ScheduleRules.DownPaymentOf(terms, disbursement.AmountMinor)));
        foreach (var loanEvent in Events)
        {
            if (IsReversed(loanEvent.Id))
                continue;
            if (loanEvent.Kind == LoanEventKind.WriteOff)
            {
                // What was written off no longer follows what is paid.
                lastOn = loanEvent.On;
                break;
            }

            if (loanEvent.Kind == LoanEventKind.Charge)
                charges.Add(new(ComponentOf(loanEvent), loanEvent.DueOn ?? loanEvent.On, loanEvent.AmountMinor));
            if (!IsPayment(loanEvent.Kind))
                continue;
            payments.Add(new(loanEvent.On, loanEvent.AmountMinor));
            if (loanEvent.On > lastOn)
                lastOn = loanEvent.On;
        }

        return CumulativeRecalculation.Rows(
            terms,
            disbursement.AmountMinor,
            disbursement.On,
            payments,
            charges,
            lastOn,
            asOf,
            out closing
        );
    }

    /// <summary>Which component a charge is.</summary>
    public static Component ComponentOf(LoanEvent charge) =>
        charge.ChargeKind == ChargeKind.Penalty ? Component.Penalty : Component.Fee;

    /// <summary>Money that settles debts.</summary>
    public static bool IsPayment(LoanEventKind kind) =>
        kind
            is LoanEventKind.Repayment
                or LoanEventKind.DownPayment
                or LoanEventKind.GoodwillCredit
                or LoanEventKind.MerchantIssuedRefund
                or LoanEventKind.PayoutRefund
                or LoanEventKind.InterestRefund;

    private bool ComesBefore(LoanEvent left, LoanEvent right)
    {
        var (leftOn, rightOn) = (CountsFrom(left), CountsFrom(right));
        if (leftOn == rightOn)
            (leftOn, rightOn) = (EffectiveOn(left), EffectiveOn(right));
        return leftOn != rightOn ? leftOn < rightOn : left.Sequence < right.Sequence;
    }

    // From the last recorded to the first, so that a reversal that was itself taken back does not count.
    private void FindReversals()
    {
        var found = Array.FindAll(
            Events,
            loanEvent => loanEvent is { Kind: LoanEventKind.Reversal, TargetId: not null }
        );
        if (found.Length == 0)
            return;
        Array.Sort(found, (left, right) => right.Sequence.CompareTo(left.Sequence));
        reversals = [];
        foreach (var reversal in found)
            if (!reversals.ContainsKey(reversal.Id))
                reversals[reversal.TargetId!.Value] = reversal;
    }
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Interest;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// The events of a loan in the order in which they count, and which of them were reversed. The order in which they are
/// given does not matter.
/// </summary>
internal sealed class EventOrder
{
    private readonly bool chargesComeFirst;
    private Dictionary<LoanEventId, EventReversed>? reversals;

    private EventOrder(LoanEvent[] events, AllocationStrategy strategy)
    {
        Events = events;
        chargesComeFirst = strategy != AllocationStrategy.Advanced;
    }

    public LoanEvent[] Events { get; }

    /// <summary>The id of the disbursement that starts the schedule; empty if there is none.</summary>
    public LoanEventId FirstDisbursement { get; private set; }

    /// <summary>The days without interest: in order, none in two pauses.</summary>
    public IReadOnlyList<DayRange> InterestPauses { get; private set; } = [];

    /// <summary>The days on which the clock of the days past due stands still.</summary>
    public IReadOnlyList<DayRange> ArrearsPauses { get; private set; } = [];

    public bool HasReversals => reversals is not null;

    public static EventOrder Of(IReadOnlyList<LoanEvent> events, AllocationStrategy strategy)
    {
        var order = new EventOrder(new LoanEvent[events.Count], strategy);
        var sorted = order.Events;
        var hasActs = false;
        for (var i = 0; i < sorted.Length; i++)
        {
            var loanEvent = events[i];
            hasActs |= loanEvent is LoanAct;
            var at = i;
            for (; at > 0 && order.ComesBefore(loanEvent, sorted[at - 1]); at--)
                sorted[at] = sorted[at - 1];
            sorted[at] = loanEvent;
        }

        order.FindReversals();
        var first = Array.Find(sorted, loanEvent => loanEvent is Disbursed && !order.IsReversed(loanEvent.Id));
        order.FirstDisbursement = first?.Id ?? default;
        if (hasActs)
            (order.ArrearsPauses, order.InterestPauses) = (Pauses.OfArrears(order), Pauses.OfInterest(order));
        return order;
    }

    /// <summary>
    /// The day from which an event counts in the fold: as <see cref="EffectiveOn"/>; but if debts are paid installment
    /// by installment, a charge belongs to its installment from the start, so an earlier payment pays it.
    /// </summary>
    public DateOnly CountsFrom(LoanEvent loanEvent) =>
        chargesComeFirst && loanEvent is ChargeApplied ? DateOnly.MinValue : EffectiveOn(loanEvent);

    /// <summary>
    /// The day from which an event counts: a charge from its due date if that is earlier, a rescheduling from the last
    /// day before it.
    /// </summary>
    public static DateOnly EffectiveOn(LoanEvent loanEvent) =>
        loanEvent switch
        {
            ChargeApplied charge when charge.DueOn < charge.On => charge.DueOn,
            LoanRescheduled change when change.From <= change.On => change.From.AddDays(-1),
            _ => loanEvent.On,
        };

    public bool IsReversed(LoanEventId id) => reversals is not null && reversals.ContainsKey(id);

    /// <summary>The reversal that takes an event back; null if the event counts.</summary>
    public EventReversed? FindReversal(LoanEventId id) => reversals?.GetValueOrDefault(id);

    /// <summary>The payments and charges that make the rows of a cumulative loan.</summary>
    public PaymentHistory PaymentsOf(LoanTerms terms, Disbursed disbursement, DateOnly endOfDayOn)
    {
        var (payments, charges) = (new List<MoneyIn>(), new List<ChargeDue>());
        var lastOn = endOfDayOn > disbursement.On ? endOfDayOn : disbursement.On;
        if (disbursement.DownPayment.IsPositive && !IsReversed(DerivedId.DownPayment(disbursement.Id)))
            payments.Add(new(disbursement.On, disbursement.DownPayment.MinorUnits));
        foreach (var loanEvent in Events)
        {
            if (IsReversed(loanEvent.Id))
                continue;
            // After a write-off no payment changes the rows.
            if (loanEvent is LoanWrittenOff)
                return new PaymentHistory(payments, charges, loanEvent.On, loanEvent.On);
            if (loanEvent is ChargeApplied charge)
                charges.Add(new(ComponentOf(charge), charge.DueOn, charge.Amount.MinorUnits));
            if (loanEvent is not (PaymentReceived or ChargeAdjusted) || loanEvent is not MoneyEvent payment)
                continue;
            payments.Add(new(payment.On, payment.Amount.MinorUnits));
            if (payment.On > lastOn)
                lastOn = payment.On;
        }

        return new PaymentHistory(payments, charges, lastOn, EndedOn: null);
    }

    /// <summary>Which component a charge is.</summary>
    public static Component ComponentOf(ChargeApplied charge) =>
        charge.Charge == ChargeKind.Penalty ? Component.Penalty : Component.Fee;

    private bool ComesBefore(LoanEvent left, LoanEvent right)
    {
        var (leftOn, rightOn) = (CountsFrom(left), CountsFrom(right));
        if (leftOn == rightOn)
            (leftOn, rightOn) = (EffectiveOn(left), EffectiveOn(right));
        return leftOn != rightOn ? leftOn < rightOn : left.Sequence < right.Sequence;
    }

    // From the last recorded to the first, so a reversal that was itself reversed does not count.
    private void FindReversals()
    {
        List<EventReversed>? found = null;
        foreach (var loanEvent in Events)
            if (loanEvent is EventReversed reversal)
                (found ??= []).Add(reversal);
        if (found is null)
            return;
        found.Sort((left, right) => right.Sequence.CompareTo(left.Sequence));
        reversals = [];
        foreach (var reversal in found)
            if (!reversals.ContainsKey(reversal.Id))
                reversals[reversal.EventId] = reversal;
    }
}

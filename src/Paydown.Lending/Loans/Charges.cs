using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Fees, penalties and waivers.</summary>
internal static class Charges
{
    /// <summary>
    /// A charge counts from its due date or from its recording, whichever is earlier; without a schedule it waits for
    /// one.
    /// </summary>
    public static void Apply(Replay replay, ChargeApplied charge)
    {
        if (replay.Disbursed == 0)
            return;
        var component = EventOrder.ComponentOf(charge);
        replay.Book.AddCharge(charge.Id, component, charge.Amount.MinorUnits, charge.DueOn);
        replay.Record(
            new TransactionState
            {
                Id = charge.Id,
                Kind = charge.Kind,
                On = EventOrder.EffectiveOn(charge),
                Amount = charge.Amount.MinorUnits,
                Components = ComponentAmounts.Of(component, charge.Amount.MinorUnits),
            }
        );
        Overpayments.Spend(replay, debtOn: null);
    }

    /// <summary>Applies the charges that came before the first disbursement.</summary>
    public static void ApplyWaiting(Replay replay, Disbursed first)
    {
        foreach (var loanEvent in replay.Order.Events)
        {
            if (ReferenceEquals(loanEvent, first))
                return;
            if (loanEvent is ChargeApplied charge && !replay.Order.IsReversed(charge.Id))
                Apply(replay, charge);
        }
    }

    /// <summary>Forgives the unpaid part of a charge.</summary>
    public static void Waive(Replay replay, ChargeWaived waiver) =>
        Record(replay, waiver, replay.Book.WaiveCharge(waiver.ChargeId, AmountMax(waiver), waiver.On));

    /// <summary>Forgives unpaid interest, the oldest first.</summary>
    public static void Waive(Replay replay, InterestWaived waiver) =>
        Record(replay, waiver, replay.Book.WaiveInterest(AmountMax(waiver), waiver.On));

    /// <summary>Credits an amount back for a charge: to the charge first, then as a repayment of that day.</summary>
    public static void Adjust(Replay replay, ChargeAdjusted credit)
    {
        var amount = credit.Amount.MinorUnits;
        var left = amount - replay.Book.SettleCharge(credit.ChargeId, amount, credit.On);
        left = replay.Allocate(PaymentSource.Repayment, left, credit.On);
        var lines = replay.Book.TakeLines(out var settled);
        replay.Overpaid += left;
        replay.Record(
            new TransactionState
            {
                Id = credit.Id,
                Kind = credit.Kind,
                Source = PaymentSource.Repayment,
                IsForPenalty = IsPenalty(replay, credit.ChargeId),
                On = credit.On,
                Amount = amount,
                Components = settled,
                Overpaid = left,
                Lines = lines,
            }
        );
    }

    // Only penalties have no event: those of the terms.
    private static bool IsPenalty(Replay replay, LoanEventId chargeId)
    {
        foreach (var loanEvent in replay.Events)
            if (loanEvent is ChargeApplied charge && charge.Id == chargeId)
                return charge.Charge == ChargeKind.Penalty;
        return true;
    }

    private static void Record(Replay replay, MoneyEvent waiver, ComponentAmounts waived) =>
        replay.Record(
            new TransactionState
            {
                Id = waiver.Id,
                Kind = waiver.Kind,
                On = waiver.On,
                Amount = waived.Total,
                Components = waived,
            }
        );

    private static long AmountMax(MoneyEvent waiver) => waiver.Amount.IsZero ? long.MaxValue : waiver.Amount.MinorUnits;
}

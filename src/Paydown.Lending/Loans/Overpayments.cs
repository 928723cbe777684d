using Paydown.Lending.Amounts;

namespace Paydown.Lending.Loans;

/// <summary>Overpayments, and debts that become owed again.</summary>
internal static class Overpayments
{
    /// <summary>
    /// A chargeback of at most the overpayment takes that; a greater one is owed again in full, and the overpayment
    /// pays of it.
    /// </summary>
    public static void TakeBack(Replay replay, PaymentChargedBack chargeback)
    {
        if (chargeback.Amount.MinorUnits <= replay.Overpaid)
        {
            Return(replay, chargeback);
            return;
        }

        Reinstate(replay, chargeback, OwedAgain(replay, chargeback));
        Spend(replay, chargeback.On);
    }

    /// <summary>
    /// An overpayment goes back, that of the oldest payment first; an amount beyond it is owed again.
    /// </summary>
    public static void Return(Replay replay, MoneyEvent returned)
    {
        var fromOverpayment = Math.Min(returned.Amount.MinorUnits, replay.Overpaid);
        replay.Overpaid -= fromOverpayment;
        var left = fromOverpayment;
        for (var i = 0; i < replay.Log.Count && left > 0; i++)
        {
            var payment = replay.Log[i];
            if (!payment.HoldsOverpayment)
                continue;
            var part = Math.Min(left, payment.Overpaid - payment.Refunded);
            payment.Refunded += part;
            left -= part;
        }

        if (fromOverpayment < returned.Amount.MinorUnits)
            Reinstate(replay, returned, new ComponentAmounts(returned.Amount.MinorUnits - fromOverpayment, 0, 0, 0));
        else
            replay.Record(returned, default, fromOverpayment);
    }

    /// <summary>
    /// New debt meets money that was left over: the oldest first, each by the rule of its source. A charge is paid on
    /// the day of the payment, because the money was there; other debt on its own day, because it was not.
    /// </summary>
    /// <param name="replay">The loan.</param>
    /// <param name="debtOn">The day of the debt; null: a charge.</param>
    public static void Spend(Replay replay, DateOnly? debtOn)
    {
        for (var i = 0; i < replay.Log.Count && replay.Overpaid > 0; i++)
        {
            var payment = replay.Log[i];
            if (!payment.HoldsOverpayment || payment.Source is not { } source)
                continue;
            var money = payment.Overpaid - payment.Refunded;
            var left = replay.Allocate(source, money, debtOn ?? payment.On);
            var lines = replay.Book.TakeLines(out var settled);
            payment.Components += settled;
            payment.Overpaid -= money - left;
            payment.Lines = [.. payment.Lines, .. lines];
            replay.Overpaid -= money - left;
            if (left > 0)
                break;
        }
    }

    // Owed again, with the current installment.
    private static void Reinstate(Replay replay, MoneyEvent returned, ComponentAmounts owed)
    {
        var book = replay.Book;
        var index = book.IndexForReturn(returned.On, replay.Terms.ScheduleType);
        book.Rows[index].Returned += owed.Principal;
        book.Rows[index].ReturnedIncome += owed with { Principal = 0 };
        book.Owe(index, owed);
        replay.Record(returned, owed, returned.Amount.MinorUnits - owed.Total);
    }

    // What the payment had paid is owed again, in the agreed order, less what earlier chargebacks took of it.
    private static ComponentAmounts OwedAgain(Replay replay, PaymentChargedBack chargeback)
    {
        var payment = replay.Log.Find(chargeback.PaymentId);
        if (replay.Terms.ChargebackOrder.Count == 0 || payment is null)
            return new ComponentAmounts(chargeback.Amount.MinorUnits, 0, 0, 0);
        var (left, owed) = (chargeback.Amount.MinorUnits, default(ComponentAmounts));
        var paid = payment.Components - payment.ChargedBack;
        foreach (var component in replay.Terms.ChargebackOrder)
        {
            var part = Math.Clamp(paid[component], 0, left);
            owed += ComponentAmounts.Of(component, part);
            left -= part;
        }

        owed += new ComponentAmounts(left, 0, 0, 0);
        payment.ChargedBack += owed;
        return owed;
    }
}

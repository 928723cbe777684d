using Paydown.Lending.Amounts;

namespace Paydown.Lending.Loans;

/// <content>Money that was left over, and debts that come back.</content>
internal sealed partial class LoanFold
{
    // What is owed again, with the current installment.
    private void ReinstatePrincipal(MoneyEvent loanEvent, ComponentAmounts parts)
    {
        var index = book.IndexForReturn(loanEvent.On, terms.ScheduleType);
        book.Rows[index].Returned += parts.Principal;
        book.Rows[index].ReturnedIncome += parts with { Principal = 0 };
        book.Owe(index, parts);
        returned += parts.Principal;
        Record(
            loanEvent.Id,
            loanEvent.Kind,
            loanEvent.On,
            loanEvent.AmountMinor,
            parts,
            loanEvent.AmountMinor - parts.Total,
            []
        );
    }

    // A chargeback of no more than was overpaid takes it; else all of it is owed again, and the overpayment pays of it.
    private void TakeBack(PaymentChargedBack loanEvent)
    {
        if (loanEvent.AmountMinor <= overpaid)
        {
            Return(loanEvent);
            return;
        }

        ReinstatePrincipal(loanEvent, ChargedBack(loanEvent));
        SpendOverpayment(loanEvent.On);
    }

    // What of the payment is owed again, less what earlier chargebacks have taken of it.
    private ComponentAmounts ChargedBack(PaymentChargedBack chargeback)
    {
        var payment = transactions.Find(one => one.Id == chargeback.PaymentId);
        if (terms.ChargebackOrder.Count == 0 || payment is null)
            return new ComponentAmounts(chargeback.AmountMinor, 0, 0, 0);
        var (left, parts) = (chargeback.AmountMinor, default(ComponentAmounts));
        var paid = payment.Components - payment.ChargedBack;
        foreach (var component in terms.ChargebackOrder)
        {
            var part = Math.Clamp(paid[component], 0, left);
            parts += ComponentAmounts.Of(component, part);
            left -= part;
        }

        parts += new ComponentAmounts(left, 0, 0, 0);
        payment.ChargedBack += parts;
        return parts;
    }

    // What was overpaid goes back first, the oldest payment before the others; what goes beyond it is owed again.
    private void Return(MoneyEvent loanEvent)
    {
        var fromOverpayment = Math.Min(loanEvent.AmountMinor, overpaid);
        overpaid -= fromOverpayment;
        var left = fromOverpayment;
        for (var i = 0; i < transactions.Count && left > 0; i++)
        {
            if (!transactions[i].HoldsOverpayment)
                continue;
            var part = Math.Min(left, transactions[i].Overpaid - transactions[i].Refunded);
            transactions[i].Refunded += part;
            left -= part;
        }

        if (fromOverpayment < loanEvent.AmountMinor)
            ReinstatePrincipal(loanEvent, new ComponentAmounts(loanEvent.AmountMinor - fromOverpayment, 0, 0, 0));
        else
            Record(loanEvent.Id, loanEvent.Kind, loanEvent.On, loanEvent.AmountMinor, default, fromOverpayment, []);
    }

    // New debt meets money of the customer's that was left over: the oldest first, each as what it was paid for. A
    // charge is paid on the day of the payment, for the money was there; a disbursement on its own day, for the debt
    // was not.
    private void SpendOverpayment(DateOnly? debtOn)
    {
        for (var i = 0; i < transactions.Count && overpaid > 0; i++)
        {
            var paid = transactions[i];
            if (!paid.HoldsOverpayment || paid.Source is not { } kind)
                continue;
            var money = paid.Overpaid - paid.Refunded;
            var left = Allocate(kind, money, debtOn ?? paid.On);
            var lines = book.TakeLines(out var parts);
            paid.Components += parts;
            paid.Overpaid -= money - left;
            paid.Lines = [.. paid.Lines, .. lines];
            overpaid -= money - left;
            if (left > 0)
                break;
        }
    }
}

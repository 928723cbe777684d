namespace Paydown.Lending.Loans;

/// <content>Money that was left over, and debts that come back.</content>
internal sealed partial class LoanFold
{
    // What is owed again, with the current installment.
    private void OweAgain(LoanEvent happened, Parts parts)
    {
        var index = book.IndexForReturn(happened.On, terms.ScheduleType);
        book.Rows[index].Returned += parts.Principal;
        book.Rows[index].ReturnedIncome += parts with { Principal = 0 };
        book.Owe(index, parts);
        returned += parts.Principal;
        Record(
            happened.Id,
            happened.Kind,
            happened.On,
            happened.AmountMinor,
            parts,
            happened.AmountMinor - parts.Total,
            []
        );
    }

    // A chargeback of no more than was overpaid takes it; else all of it is owed again, and the overpayment pays of it.
    private void TakeBack(LoanEvent happened)
    {
        if (happened.AmountMinor <= overpaid)
        {
            Return(happened);
            return;
        }

        OweAgain(happened, ChargedBack(happened));
        SpendOverpayment(happened.On);
    }

    // What of the payment is owed again, less what earlier chargebacks have taken of it.
    private Parts ChargedBack(LoanEvent chargeback)
    {
        var payment = transactions.Find(one => one.Id == chargeback.TargetId);
        if (terms.ChargebackOrder.Count == 0 || payment is null)
            return new Parts(chargeback.AmountMinor, 0, 0, 0);
        var (left, parts) = (chargeback.AmountMinor, default(Parts));
        var paid = payment.Parts - payment.ChargedBack;
        foreach (var component in terms.ChargebackOrder)
        {
            var part = Math.Clamp(paid[component], 0, left);
            parts += Parts.Of(component, part);
            left -= part;
        }

        parts += new Parts(left, 0, 0, 0);
        payment.ChargedBack += parts;
        return parts;
    }

    // What was overpaid goes back first, the oldest payment before the others; what goes beyond it is owed again.
    private void Return(LoanEvent happened)
    {
        var fromOverpayment = Math.Min(happened.AmountMinor, overpaid);
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

        if (fromOverpayment < happened.AmountMinor)
            OweAgain(happened, new Parts(happened.AmountMinor - fromOverpayment, 0, 0, 0));
        else
            Record(happened.Id, happened.Kind, happened.On, happened.AmountMinor, default, fromOverpayment, []);
    }

    // New debt meets money of the customer's that was left over: the oldest first, each as what it was paid for. A
    // charge is paid on the day of the payment, for the money was there; a disbursement on its own day, for the debt
    // was not.
    private void SpendOverpayment(DateOnly? debtOn)
    {
        for (var i = 0; i < transactions.Count && overpaid > 0; i++)
        {
            var paid = transactions[i];
            if (!paid.HoldsOverpayment)
                continue;
            var money = paid.Overpaid - paid.Refunded;
            var left = Allocate(paid.Kind, money, debtOn ?? paid.On);
            var lines = book.TakeLines(out var parts);
            paid.Parts += parts;
            paid.Overpaid -= money - left;
            paid.Lines = [.. paid.Lines, .. lines];
            overpaid -= money - left;
            if (left > 0)
                break;
        }
    }
}

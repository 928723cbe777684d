using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Loans;

/// <summary>The result of a finished replay.</summary>
internal static class LoanSnapshot
{
    public static Loan Of(Replay replay)
    {
        var (book, currency) = (replay.Book, replay.Terms.Currency);
        var (outstanding, writtenOff) = (book.Outstanding(), WriteOffs.Total(book));
        var (paid, returned) = (default(ComponentAmounts), 0L);
        foreach (ref readonly var row in book.Rows)
        {
            paid += row.Paid;
            returned += row.Returned;
        }

        var holdsThrough = Payoff.HoldsThrough(replay);
        return new Loan
        {
            Terms = replay.Terms,
            AsOf = replay.AsOf,
            Status = StatusOf(replay, outstanding, writtenOff),
            Installments = Installments(replay),
            Transactions = Transactions(replay.Log, currency),
            Charges = book.ToCharges(currency),
            Outstanding = outstanding,
            Paid = paid,
            Disbursed = new Money(replay.Disbursed, currency),
            Returned = new Money(returned, currency),
            Overpaid = new Money(replay.Overpaid, currency),
            WrittenOff = writtenOff,
            ChargedOffOn = replay.ChargedOffOn,
            PayoffHoldsThrough = holdsThrough,
            HoldsOnAnyDay = holdsThrough is null,
            ArrearsPauses = replay.Order.ArrearsPauses,
            InterestPauses = replay.Order.InterestPauses,
            Payoff = Payoff.Of(replay),
        };
    }

    private static LoanStatus StatusOf(Replay replay, ComponentAmounts outstanding, ComponentAmounts writtenOff)
    {
        if (replay.Disbursed == 0)
            return LoanStatus.PendingDisbursement;
        if (!writtenOff.IsZero)
            return LoanStatus.WrittenOff;
        if (outstanding.IsZero)
            return replay.Overpaid > 0 ? LoanStatus.Overpaid : LoanStatus.Closed;
        foreach (ref readonly var row in replay.Book.Rows)
            if (row.DueOn < replay.AsOf && IsOverdue(replay, row))
                return LoanStatus.InArrears;
        return LoanStatus.Active;
    }

    private static bool IsOverdue(Replay replay, in InstallmentState row) =>
        !Arrears.IsTolerated(replay.Terms, row.Outstanding.Total, row.Due.Total);

    private static Installment[] Installments(Replay replay)
    {
        var rows = replay.Book.Rows;
        var currency = replay.Terms.Currency;
        var installments = new Installment[rows.Length];
        var balance = replay.Disbursed == 0 ? replay.Terms.Principal.MinorUnits : 0;
        var next = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            var isLast = i == rows.Length - 1 || rows[i + 1].IsAdded;
            // A down payment comes after the disbursements of its day.
            var through = isLast || row.IsDownPayment ? row.DueOn.AddDays(1) : row.DueOn;
            balance += DisbursedBefore(replay, through, ref next);
            balance -= row.Due.Principal + row.WrittenOff.Principal - row.Returned;
            installments[i] = new Installment
            {
                Number = i + 1,
                FromOn = row.FromOn,
                DueOn = row.DueOn,
                Due = row.Due,
                Paid = row.Paid,
                PaidInAdvance = new Money(row.PaidInAdvance, currency),
                PaidLate = new Money(row.PaidLate, currency),
                PaidOn = row.PaidOn,
                PrincipalBalance = new Money(balance, currency),
                IsDownPayment = row.IsDownPayment,
                Waived = row.Waived,
                Returned = row.ReturnedIncome with { Principal = row.Returned },
                WrittenOff = row.WrittenOff,
                ForgoneInterest = new Money(row.Forgone, currency),
            };
        }

        return installments;
    }

    // What was paid out before an installment falls due and is not counted yet. The first disbursement always counts.
    private static long DisbursedBefore(Replay replay, DateOnly dueOn, ref int next)
    {
        var amount = 0L;
        for (; next < replay.Log.Count; next++)
        {
            var disbursement = replay.Log[next];
            if (disbursement.Kind != LoanEventKind.Disbursement || disbursement.IsReversed)
                continue;
            if (disbursement.On >= dueOn && disbursement.Id != replay.Order.FirstDisbursement)
                break;
            amount += disbursement.Amount;
        }

        return amount;
    }

    private static LoanTransaction[] Transactions(TransactionLog log, Currency currency)
    {
        var shown = new LoanTransaction[log.Count];
        for (var i = 0; i < shown.Length; i++)
        {
            // A charge may count from the start, but is shown on its day.
            var at = i;
            for (; at > 0 && shown[at - 1].On > log[i].On; at--)
                shown[at] = shown[at - 1];
            shown[at] = log[i].ToTransaction(currency);
        }

        return shown;
    }
}

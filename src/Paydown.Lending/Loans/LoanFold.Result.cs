using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Loans;

/// <content>What the fold shows at its end.</content>
internal sealed partial class LoanFold
{
    // A reversed transaction shows what it came to right before it was reversed: the fold of what had been recorded
    // until then.
    private void ShowReversed(IReadOnlyList<LoanEvent> events)
    {
        if (!order.HasReversals)
            return;
        for (var i = 0; i < transactions.Count; i++)
        {
            if (!transactions[i].IsReversed || order.FindReversal(transactions[i].Id) is not { } reversal)
                continue;
            var before = events.Where(loanEvent => loanEvent.Sequence < reversal.Sequence).ToArray();
            var earlier = new LoanFold(terms, before, reversal.On, endOfDayOn);
            earlier.RunEvents();
            var shown = earlier.transactions.Find(transaction => transaction.Id == transactions[i].Id);
            if (shown is null)
                continue;
            shown.IsReversed = true;
            transactions[i] = shown;
        }
    }

    private Loan ToLoan(IReadOnlyList<LoanEvent> events)
    {
        var outstanding = book.Outstanding();
        var paid = default(ComponentAmounts);
        var writtenOff = WrittenOff();
        foreach (ref readonly var row in book.Rows)
            paid += row.Paid;

        return new Loan
        {
            Terms = terms,
            AsOf = asOf,
            Status = StatusOf(outstanding, writtenOff),
            Installments = ToInstallments(),
            Transactions = ToTransactions(),
            Charges = book.ToCharges(),
            Outstanding = outstanding,
            Paid = paid,
            DisbursedMinor = disbursed,
            ReturnedMinor = returned,
            OverpaidMinor = overpaid,
            WrittenOff = writtenOff,
            PayoffHoldsThrough = HoldsThrough(outstanding),
            HoldsOnAnyDay = HoldsThrough(outstanding) is null,
            Payoff = PayoffOf(events, outstanding),
        };
    }

    private ComponentAmounts WrittenOff()
    {
        var sum = default(ComponentAmounts);
        foreach (ref readonly var row in book.Rows)
            sum += row.WrittenOff;
        return sum;
    }

    // Money dated tomorrow saves less interest once the rest is paid today, and from tomorrow on another amount closes.
    private bool IsAhead =>
        Array.Exists(
            order.Events,
            loanEvent =>
                loanEvent is not EventReversed
                && !order.IsReversed(loanEvent.Id)
                && EventOrder.EffectiveOn(loanEvent) > asOf
        );

    // The rows of a cumulative loan follow its charges and penalties too, and know nothing of principal that is owed
    // again, so that no day but this one is sure.
    private bool IsUnsure =>
        recalculation is null
        && (
            terms.OverduePenalty is not null
            || returned > 0
            || Array.Exists(
                order.Events,
                loanEvent => loanEvent is ChargeApplied charge && !order.IsReversed(charge.Id) && charge.DueOn > asOf
            )
        );

    // What closes the loan. Where interest is recalculated it changes the view of the rows, so it is asked last.
    private ComponentAmounts PayoffOf(IReadOnlyList<LoanEvent> events, ComponentAmounts outstanding)
    {
        if (disbursed == 0)
            return default;
        if (isWrittenOff)
            return outstanding + WrittenOff();
        if (!terms.RecalculatesInterest)
            return outstanding;
        if (recalculation is null || IsAhead)
            return PayoffByPaying(events, outstanding);
        recalculation.Advance(asOf);
        recalculation.MakePayable(ClosingRestOn(asOf));
        return book.Outstanding();
    }

    // Paying changes the rows of a cumulative loan, so the amount is proved, and corrected by what it leaves. Where the
    // corrections run in a circle, the least amount that closes the loan is found by halving.
    private ComponentAmounts PayoffByPaying(IReadOnlyList<LoanEvent> events, ComponentAmounts outstanding)
    {
        var amount = closing is > 0 ? closing.Value : outstanding.Total;
        var (tooLittle, tooMuch, least) = (0L, long.MaxValue, outstanding);
        for (var attempt = 0; attempt < PayoffAttemptsMax && amount > 0; attempt++)
        {
            var left = LeftAfter(events, amount, out var parts);
            if (left == 0)
                return parts;
            if (left > 0)
                tooLittle = Math.Max(tooLittle, amount);
            else if (amount < tooMuch)
                (tooMuch, least) = (amount, parts);
            if (tooMuch - tooLittle == 1)
                break;
            amount += left;
            if (amount <= tooLittle || amount >= tooMuch)
                amount = tooLittle + (tooMuch - tooLittle) / 2;
        }

        // Money dated tomorrow may come to a loan that is closed today: then it is the customer's.
        return least;
    }

    private long LeftAfter(IReadOnlyList<LoanEvent> events, long amount, out ComponentAmounts parts)
    {
        var payment = new PaymentReceived
        {
            Id = DerivedId.Payoff(firstDisbursement),
            Sequence = int.MaxValue,
            On = asOf,
            AmountMinor = amount,
        };
        var paid = new LoanFold(terms, [.. events, payment], asOf, endOfDayOn);
        paid.RunEvents();
        parts = paid.transactions.Find(transaction => transaction.Id == payment.Id)!.Components;
        return paid.book.Outstanding().Total - paid.overpaid;
    }

    // Where interest runs by the day, until the next rest date; and never past the day before the next overdue penalty.
    private DateOnly? HoldsThrough(ComponentAmounts outstanding)
    {
        if (disbursed == 0 || outstanding.IsZero || isWrittenOff)
            return null;
        if (IsAhead)
            return asOf;
        DateOnly? restOn =
            !terms.RecalculatesInterest ? null
            : IsUnsure ? asOf
            : ClosingRestOn(asOf);
        return BeforeNextPenalty() is { } lastOn && (restOn is null || lastOn < restOn) ? lastOn : restOn;
    }

    private DateOnly? BeforeNextPenalty()
    {
        if (terms.OverduePenalty is not { } penalty)
            return null;
        for (var i = penaltiesDecided; i < book.Count && !book.Rows[i].IsAdded; i++)
        {
            if (book.Rows[i].Outstanding.IsZero)
                continue;
            var lastOn = book.Rows[i].DueOn.AddDays(penalty.GraceDays);
            return lastOn > asOf ? lastOn : asOf;
        }

        return null;
    }

    private LoanStatus StatusOf(ComponentAmounts outstanding, ComponentAmounts writtenOff)
    {
        if (disbursed == 0)
            return LoanStatus.PendingDisbursement;
        if (!writtenOff.IsZero)
            return LoanStatus.WrittenOff;
        if (outstanding.IsZero)
            return overpaid > 0 ? LoanStatus.Overpaid : LoanStatus.Closed;
        foreach (ref readonly var row in book.Rows)
            if (row.DueOn < asOf && !row.Outstanding.IsZero)
                return LoanStatus.InArrears;
        return LoanStatus.Active;
    }

    private Installment[] ToInstallments()
    {
        var rows = book.Rows;
        var installments = new Installment[rows.Length];
        var balance = disbursed == 0 ? terms.PrincipalMinor : 0;
        var next = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            var isLast = i == rows.Length - 1 || rows[i + 1].IsAdded;
            // A down payment comes after the disbursements of its day.
            balance += DisbursedBefore(isLast || row.IsDownPayment ? row.DueOn.AddDays(1) : row.DueOn, ref next);
            balance -= row.Due.Principal + row.WrittenOff.Principal - row.Returned;
            installments[i] = new Installment
            {
                Number = i + 1,
                FromOn = row.FromOn,
                DueOn = row.DueOn,
                Due = row.Due,
                Paid = row.Paid,
                PaidInAdvanceMinor = row.PaidInAdvance,
                PaidLateMinor = row.PaidLate,
                PaidOn = row.PaidOn,
                PrincipalBalanceMinor = balance,
                IsDownPayment = row.IsDownPayment,
                Waived = row.Waived,
                Returned = row.ReturnedIncome with { Principal = row.Returned },
                WrittenOff = row.WrittenOff,
                ForgoneInterestMinor = row.Forgone,
            };
        }

        return installments;
    }

    // What was given out before an installment falls due, and has not been counted yet; the first disbursement always
    // was.
    private long DisbursedBefore(DateOnly dueOn, ref int next)
    {
        var amount = 0L;
        for (; next < transactions.Count; next++)
        {
            var given = transactions[next];
            if (given.Kind != LoanEventKind.Disbursement || given.IsReversed)
                continue;
            if (given.On >= dueOn && given.Id != firstDisbursement)
                break;
            amount += given.Amount;
        }

        return amount;
    }

    private LoanTransaction[] ToTransactions()
    {
        var shown = new LoanTransaction[transactions.Count];
        for (var i = 0; i < shown.Length; i++)
        {
            // A charge that counts from the start is shown on its day.
            var at = i;
            for (; at > 0 && shown[at - 1].On > transactions[i].On; at--)
                shown[at] = shown[at - 1];
            shown[at] = transactions[i].ToTransaction();
        }

        return shown;
    }
}

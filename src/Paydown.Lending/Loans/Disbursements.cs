using Paydown.Lending.Installments;
using Paydown.Lending.Interest;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>Principal is paid out: the first disbursement starts the schedule, later ones extend the debt.</summary>
internal static class Disbursements
{
    public static void Apply(Replay replay, Disbursed disbursed)
    {
        var isFirst = replay.Disbursed == 0;
        if (isFirst)
            replay.Start(disbursed);
        else
            AddTranche(replay, disbursed);
        replay.Count(disbursed);
        if (isFirst)
            Charges.ApplyWaiting(replay, disbursed);
        Overpayments.Spend(replay, disbursed.On);
        if (disbursed.DownPayment.IsPositive)
            CollectDownPayment(replay, disbursed);
    }

    private static void CollectDownPayment(Replay replay, Disbursed disbursed)
    {
        var id = DerivedId.DownPayment(disbursed.Id);
        if (replay.Order.IsReversed(id))
            replay.Log.AddReversed(disbursed, id, LoanEventKind.DownPayment);
        else
            replay.Pay(id, PaymentSource.DownPayment, disbursed.On, disbursed.DownPayment.MinorUnits);
    }

    private static void AddTranche(Replay replay, Disbursed disbursed)
    {
        var (terms, book, on) = (replay.Terms, replay.Book, disbursed.On);
        var downPaymentAt = Tranches.AddDownPayment(terms, book, disbursed.Amount.MinorUnits, on);
        if (downPaymentAt is { } index)
        {
            if (index < replay.PenaltiesDecided)
                replay.PenaltiesDecided++;
            // The penalties of the row after it have its number.
            if (index + 1 < book.Count && book.Rows[index + 1].PenaltiesDecided > 0)
                book.Rows[index].HasNoMorePenalties = true;
            replay.Log.Renumber(index);
        }

        var (extendedAt, count) = Tranches.Extend(terms, book, on);
        for (var i = 0; i < count; i++)
            replay.Log.Renumber(extendedAt);
        if (count > 0)
            MergeAfterMaturity(replay, extendedAt);
        var before = book.Rows.ToArray();
        Tranches.Spread(terms, book, disbursed.Amount.MinorUnits, on);
        replay.Interest.AfterDisbursement(new AddedRows(downPaymentAt, extendedAt, count, before));
    }

    // What was owed after maturity falls into the period of an installment that was added since.
    public static void MergeAfterMaturity(Replay replay, int extendedAt)
    {
        var book = replay.Book;
        if (!book.Rows[^1].IsAdded)
            return;
        if (book.Rows[^1] is { Paid.IsZero: true, Waived.IsZero: true })
            book.Charges.MoveIntoPeriods(book.Rows[extendedAt..], extendedAt);
        var (last, on) = (book.Count, book.Rows[^1].DueOn);
        for (var i = extendedAt; i < last - 1; i++)
        {
            if (on > book.Rows[i].DueOn || book.Rows[i].IsDownPayment)
                continue;
            book.MergeLastInto(i);
            replay.Log.MoveLines(last, i + 1);
            return;
        }

        book.Rows[^1].FromOn = book.Rows[^2].DueOn;
    }
}

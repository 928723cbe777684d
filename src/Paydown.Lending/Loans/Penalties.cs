using Paydown.Lending.Amounts;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// The penalty of an installment that stays unpaid, once per installment: it is decided on the day after its due date
/// and the days of grace.
/// </summary>
internal static class Penalties
{
    /// <summary>Decides the penalties of all days through a day, but not beyond the end of day of the replay.</summary>
    public static void Decide(Replay replay, DateOnly through)
    {
        if (replay.Terms.OverduePenalty is not { } penalty || replay.Disbursed == 0 || replay.IsWrittenOff)
            return;
        if (through > replay.EndOfDayOn)
            through = replay.EndOfDayOn;
        var book = replay.Book;
        for (; replay.PenaltiesDecided < book.Count; replay.PenaltiesDecided++)
        {
            var index = replay.PenaltiesDecided;
            var row = book.Rows[index];
            var on = Arrears.DayOf(replay.Order.ArrearsPauses, row.DueOn, penalty.GraceDays + 1);
            if (row.IsAdded || on > through)
                return;
            if (AmountOf(penalty, row.Outstanding, row.LateInterest) is not (> 0 and var amount))
                continue;
            var id = DerivedId.Penalty(replay.Order.FirstDisbursement, index + 1);
            book.AddCharge(id, Component.Penalty, amount, on, index);
            replay.Record(
                new TransactionState
                {
                    Id = id,
                    Kind = LoanEventKind.Charge,
                    On = on,
                    Amount = amount,
                    Components = new ComponentAmounts(0, 0, 0, amount),
                }
            );
            replay.Log.MoveLastBeforeReversed();
        }
    }

    /// <summary>
    /// The last day, from the day of the replay on, before another penalty may come; null: none will.
    /// </summary>
    public static DateOnly? LastDayBeforeNext(Replay replay)
    {
        if (replay.Terms.OverduePenalty is not { } penalty)
            return null;
        var book = replay.Book;
        for (var i = replay.PenaltiesDecided; i < book.Count && !book.Rows[i].IsAdded; i++)
        {
            if (book.Rows[i].Outstanding.IsZero)
                continue;
            var on = Arrears.DayOf(replay.Order.ArrearsPauses, book.Rows[i].DueOn, penalty.GraceDays + 1);
            var lastOn = on.AddDays(-1);
            return lastOn > replay.AsOf ? lastOn : replay.AsOf;
        }

        return null;
    }

    // Interest of the days since the due date was not overdue then.
    private static long AmountOf(OverduePenalty penalty, ComponentAmounts overdue, long since)
    {
        var interest =
            penalty.Of == OverduePenaltyBase.PrincipalAndInterestOverdue ? Math.Max(0, overdue.Interest - since) : 0;
        return Significant.ToMinor((overdue.Principal + interest) * penalty.Percent / 100m);
    }
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Loans;

/// <summary>
/// A charge-off: all that is owed and the interest that is earned leave the books, and are owed still. Interest of
/// future days was never in the books.
/// </summary>
internal static class ChargeOffs
{
    // Nothing leaves the books twice; and if a payment that was recorded late has paid all, nothing leaves them.
    public static void Apply(Replay replay, LoanAct act)
    {
        var owed = replay.Book.Outstanding();
        var earned = Math.Min(owed.Interest, EarnedBefore(replay, act));
        var lost = owed with { Interest = earned };
        replay.Record(
            new TransactionState
            {
                Id = act.Id,
                Kind = act.Kind,
                On = act.On,
                Amount = lost.Total,
                Components = lost,
                Forgone = owed.Interest - earned,
            }
        );
        if (!owed.IsZero && !replay.IsWrittenOff)
            replay.ChargedOffOn ??= act.On;
    }

    /// <summary>
    /// The transaction by which a loan left the books: its charge-off, or its write-off; null if it did not, or if
    /// nothing was lost by it.
    /// </summary>
    public static LoanTransaction? LossOf(Loan loan)
    {
        foreach (var one in loan.Transactions)
            if (
                one is { Kind: LoanEventKind.WriteOff or LoanEventKind.ChargeOff, IsReversed: false }
                && one is { IsOffTheBooks: false, Components.IsZero: false }
            )
                return one;
        return null;
    }

    // Rows that are made from the payments depend on the day for which they are made.
    private static long EarnedBefore(Replay replay, LoanAct act)
    {
        if (!replay.Terms.RecalculatesRows)
            return replay.Interest.EarnedThrough(act.On);
        var before = PastEvents.Before(replay.Events, act.On, act.Sequence);
        return EarnedInterest.Unpaid(replay.Terms, before, act.On).Unpaid.MinorUnits;
    }
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// The penalties of installments that stay unpaid. The first one of an installment is decided on the day after its due
/// date and the days of grace; if the terms repeat it, the next ones follow until the installment is paid or has
/// reached the limit.
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
        if (penalty.EveryDays is null)
        {
            DecideOnce(replay, penalty, through);
            return;
        }

        while (FindNext(replay, penalty, isOwed: false) is { } next && next.On <= through)
            DecideOne(replay, penalty, next.Index, next.On);
    }

    /// <summary>
    /// The last day, from the day of the replay on, before another penalty may come; null: none will.
    /// </summary>
    public static DateOnly? LastDayBeforeNext(Replay replay)
    {
        if (replay.Terms.OverduePenalty is not { } penalty)
            return null;
        var book = replay.Book;
        if (penalty.EveryDays is not null)
            return FindNext(replay, penalty, isOwed: true) is { } next ? NotBefore(replay, next.On) : null;
        for (var i = replay.PenaltiesDecided; i < book.Count && !book.Rows[i].IsAdded; i++)
            if (!book.Rows[i].Outstanding.IsZero)
                return NotBefore(replay, DayOf(replay.Order.ArrearsPauses, book.Rows[i].DueOn, penalty, 0));
        return null;
    }

    /// <summary>The day on which a penalty is decided.</summary>
    /// <param name="pauses">The days on which the clock of arrears is paused.</param>
    /// <param name="dueOn">The due date of the installment.</param>
    /// <param name="penalty">The terms.</param>
    /// <param name="repetition">Counted from 0; always 0 if the terms do not repeat it.</param>
    public static DateOnly DayOf(
        IReadOnlyList<DayRange> pauses,
        DateOnly dueOn,
        OverduePenalty penalty,
        int repetition
    ) => Arrears.DayOf(pauses, dueOn, penalty.GraceDays + 1 + repetition * (penalty.EveryDays ?? 0));

    /// <summary>The first day after a day on which a penalty of a due date may be decided; null: none.</summary>
    public static DateOnly? NextOn(
        IReadOnlyList<DayRange> pauses,
        DateOnly dueOn,
        OverduePenalty penalty,
        DateOnly after
    )
    {
        var first = DayOf(pauses, dueOn, penalty, 0);
        if (first > after || penalty.EveryDays is not { } every)
            return first > after ? first : null;
        var counted = Arrears.CountedDays(pauses, dueOn, after) - penalty.GraceDays - 1;
        return DayOf(pauses, dueOn, penalty, counted / every + 1);
    }

    private static void DecideOnce(Replay replay, OverduePenalty penalty, DateOnly through)
    {
        var book = replay.Book;
        for (; replay.PenaltiesDecided < book.Count; replay.PenaltiesDecided++)
        {
            var index = replay.PenaltiesDecided;
            var on = DayOf(replay.Order.ArrearsPauses, book.Rows[index].DueOn, penalty, 0);
            if (book.Rows[index].IsAdded || on > through)
                return;
            DecideOne(replay, penalty, index, on);
        }
    }

    private static void DecideOne(Replay replay, OverduePenalty penalty, int index, DateOnly on)
    {
        ref var row = ref replay.Book.Rows[index];
        var repetition = row.PenaltiesDecided++;
        // Interest of the days since the due date was not overdue then.
        var interest = Math.Max(0, row.Outstanding.Interest - row.LateInterest);
        var unpaid = row.Outstanding.Principal + interest;
        var isOfInterest = penalty.Amount is not null || penalty.Of == OverduePenaltyBase.PrincipalAndInterestOverdue;
        var overdue = isOfInterest ? unpaid : row.Outstanding.Principal;
        var most = penalty.CapPercent is { } cap ? CapOf(row, cap) : long.MaxValue;
        row.HasNoMorePenalties = unpaid == 0 || row.PenaltiesCharged >= most;
        var full = penalty.Amount?.MinorUnits ?? Significant.ToMinor(overdue * penalty.Percent / 100m);
        var amount = overdue == 0 ? 0 : Math.Min(full, most - row.PenaltiesCharged);
        if (amount <= 0)
            return;
        row.PenaltiesCharged += amount;
        var id = DerivedId.Penalty(replay.Order.FirstDisbursement, index + 1, repetition);
        replay.Book.AddCharge(id, Component.Penalty, amount, on, index);
        replay.Book.Charges.Charges[^1].Overdue = overdue;
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

    private static long CapOf(in InstallmentState row, decimal percent) =>
        Significant.ToMinor((row.Due.Principal + row.Due.Interest) * percent / 100m);

    // The installment whose next penalty comes first. Later due dates have later first penalties.
    private static (int Index, DateOnly On)? FindNext(Replay replay, OverduePenalty penalty, bool isOwed)
    {
        (int Index, DateOnly On)? next = null;
        var rows = replay.Book.Rows;
        for (var i = 0; i < rows.Length && !rows[i].IsAdded; i++)
        {
            ref readonly var row = ref rows[i];
            if (next is { } found && row.DueOn.AddDays(penalty.GraceDays) >= found.On)
                break;
            if (row.HasNoMorePenalties || (isOwed && row.Outstanding.IsZero))
                continue;
            var on = DayOf(replay.Order.ArrearsPauses, row.DueOn, penalty, row.PenaltiesDecided);
            if (next is null || on < next.Value.On)
                next = (i, on);
        }

        return next;
    }

    private static DateOnly NotBefore(Replay replay, DateOnly penaltyOn) =>
        penaltyOn.AddDays(-1) is var lastOn && lastOn > replay.AsOf ? lastOn : replay.AsOf;
}

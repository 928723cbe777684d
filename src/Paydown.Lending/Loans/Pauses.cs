using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>The pauses that the events of a loan leave: in order of days, none on the same day as another.</summary>
internal static class Pauses
{
    /// <summary>The days on which days past due are not counted.</summary>
    public static IReadOnlyList<DayRange> OfArrears(EventOrder order)
    {
        List<DayRange>? pauses = null;
        foreach (var loanEvent in order.Events)
        {
            if (loanEvent is not (ArrearsPaused or ArrearsResumed) || order.IsReversed(loanEvent.Id))
                continue;
            pauses ??= [];
            if (loanEvent is ArrearsPaused pause)
                Add(pauses, pause.On, pause.Through);
            else
                Resume(pauses, loanEvent.On);
        }

        return pauses is null ? [] : pauses;
    }

    /// <summary>The days that bear no interest.</summary>
    public static IReadOnlyList<DayRange> OfInterest(EventOrder order)
    {
        List<DayRange>? pauses = null;
        foreach (var loanEvent in order.Events)
            if (loanEvent is InterestPaused pause && !order.IsReversed(pause.Id))
                Add(pauses ??= [], pause.On, pause.Through);
        return pauses is null ? [] : pauses;
    }

    private static void Add(List<DayRange> pauses, DateOnly on, DateOnly through)
    {
        var from = pauses.Count > 0 && pauses[^1].Through >= on ? pauses[^1].Through.AddDays(1) : on;
        if (from <= through)
            pauses.Add(new DayRange(from, through));
    }

    // Pauses begin in order of days, so only the last ones can still run.
    private static void Resume(List<DayRange> pauses, DateOnly on)
    {
        while (pauses.Count > 0 && pauses[^1].From >= on)
            pauses.RemoveAt(pauses.Count - 1);
        if (pauses.Count > 0 && pauses[^1].Through >= on)
            pauses[^1] = pauses[^1] with { Through = on.AddDays(-1) };
    }
}

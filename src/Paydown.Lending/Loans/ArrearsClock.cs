using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>The days on which the days past due of a loan are not counted.</summary>
internal static class ArrearsClock
{
    /// <summary>The pauses that the events leave: in order of days, none on the same day as another.</summary>
    public static IReadOnlyList<DayRange> PausesOf(EventOrder order)
    {
        List<DayRange>? pauses = null;
        foreach (var loanEvent in order.Events)
        {
            if (loanEvent is not (ArrearsPaused or ArrearsResumed) || order.IsReversed(loanEvent.Id))
                continue;
            pauses ??= [];
            if (loanEvent is ArrearsPaused pause)
                Pause(pauses, pause);
            else
                Resume(pauses, loanEvent.On);
        }

        return pauses is null ? [] : pauses;
    }

    private static void Pause(List<DayRange> pauses, ArrearsPaused pause)
    {
        var from = pauses.Count > 0 && pauses[^1].Through >= pause.On ? pauses[^1].Through.AddDays(1) : pause.On;
        if (from <= pause.Through)
            pauses.Add(new DayRange(from, pause.Through));
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

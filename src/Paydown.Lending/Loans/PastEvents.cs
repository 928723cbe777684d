namespace Paydown.Lending.Loans;

/// <summary>The events of a loan as of a past day, by what is known now.</summary>
public static class PastEvents
{
    /// <summary>The events through a day, and the later reversals that take some of them back.</summary>
    public static IReadOnlyList<LoanEvent> Through(IReadOnlyList<LoanEvent> events, DateOnly day)
    {
        var known = events.Where(one => one.On <= day).ToDictionary(one => one.Id);
        foreach (var reversal in events.OfType<EventReversed>())
            if (known.ContainsKey(reversal.EventId))
                known[reversal.Id] = reversal;
        return [.. events.Where(one => known.ContainsKey(one.Id))];
    }

    /// <summary>The events that count before one of a day.</summary>
    internal static IReadOnlyList<LoanEvent> Before(IReadOnlyList<LoanEvent> events, DateOnly on, int sequence) =>
        [.. Through(events, on).Where(one => one.On != on || one.Sequence < sequence || one is EventReversed)];
}

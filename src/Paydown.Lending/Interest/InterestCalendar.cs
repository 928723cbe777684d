using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// How much a day counts for interest: 1 as agreed, 0 while interest is paused or stopped, and the new rate over the
/// agreed one after a change of the rate.
/// </summary>
internal sealed class InterestCalendar(IReadOnlyList<DayRange> pauses)
{
    private readonly List<(DateOnly After, decimal Weight)> weights = [];

    /// <summary>The days after a day have another weight, until a later change.</summary>
    public void Change(DateOnly after, decimal weight)
    {
        var at = weights.Count;
        while (at > 0 && weights[at - 1].After >= after)
            at--;
        if (at < weights.Count && weights[at].After == after)
            weights[at] = (after, weight);
        else
            weights.Insert(at, (after, weight));
    }

    /// <summary>No day after this one bears interest.</summary>
    public void Stop(DateOnly after)
    {
        weights.RemoveAll(change => change.After >= after);
        weights.Add((after, 0m));
    }

    /// <summary>The weights of the days after one day and through another, added up.</summary>
    public decimal Days(DateOnly after, DateOnly through)
    {
        if (weights.Count == 0)
            return Unpaused(after, through);
        var (days, from, weight) = (0m, after, 1m);
        foreach (var change in weights)
        {
            if (change.After >= through)
                break;
            if (change.After > from)
            {
                days += weight * Unpaused(from, change.After);
                from = change.After;
            }

            weight = change.Weight;
        }

        return days + weight * Unpaused(from, through);
    }

    private int Unpaused(DateOnly after, DateOnly through)
    {
        var days = through.DayNumber - after.DayNumber;
        for (var i = 0; i < pauses.Count; i++)
            days -= pauses[i].DaysBetween(after, through);
        return days;
    }
}

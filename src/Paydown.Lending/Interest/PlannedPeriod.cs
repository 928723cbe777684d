using Paydown.Lending.Amounts;
using Paydown.Lending.Schedules;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Interest;

/// <summary>
/// The interest of one period of a cumulative loan: by the day on the planned balance, less what was paid early in the
/// period, plus the overdue principal of the rows before it.
/// </summary>
/// <param name="terms">What was agreed.</param>
/// <param name="startOn">The day of disbursement.</param>
/// <param name="earlier">The rows before this period.</param>
/// <param name="planned">The principal that is planned to be outstanding in the period, in minor units.</param>
/// <param name="period">The period.</param>
/// <param name="seenOn">The last day of which the row knows: a later event does not change it.</param>
internal sealed class PlannedPeriod(
    LoanTerms terms,
    DateOnly startOn,
    List<PlannedRow> earlier,
    long planned,
    (DateOnly FromOn, DateOnly DueOn) period,
    DateOnly seenOn
)
{
    /// <summary>Money that counts before the due date, by the rest date from which it counts.</summary>
    public List<MoneyIn> Early { get; } = [];

    /// <summary>All of <see cref="Early"/>, in minor units.</summary>
    public long EarlyMoney => EarlyMoneyBy(DateOnly.MaxValue, Early.Count);

    /// <summary>Interest through a day, in minor units.</summary>
    /// <param name="through">At most the due date.</param>
    /// <param name="earlyCount">How many of the early payments lower the balance.</param>
    public long InterestThrough(DateOnly through, int earlyCount)
    {
        if (terms.InterestPeriod != InterestPeriod.Daily)
            return Significant.Interest(planned, DayCount.PeriodRate(terms));
        var restOn = RestDates.OnOrAfter(terms, startOn, seenOn);
        var total = 0L;
        for (var start = period.FromOn; start < through; )
        {
            // Each stretch of days with the same balance is rounded on its own.
            var balance = Balance(start, restOn, earlyCount);
            var end = NextCut(start, through, restOn, earlyCount);
            while (end < through && Balance(end, restOn, earlyCount) == balance)
                end = NextCut(end, through, restOn, earlyCount);
            total += Significant.Interest(balance, DayCount.DailyFactor(terms, period, start, end));
            start = end;
        }

        return total;
    }

    private long Balance(DateOnly on, DateOnly restOn, int earlyCount) =>
        Math.Max(0, planned - EarlyMoneyBy(on, earlyCount)) + (on < restOn ? Overdue(on) : 0);

    private DateOnly NextCut(DateOnly start, DateOnly through, DateOnly restOn, int earlyCount)
    {
        var cut = through;
        Consider(restOn);
        for (var i = 0; i < earlyCount; i++)
            Consider(Early[i].On);
        foreach (var row in earlier)
        foreach (var paid in row.Principal)
            Consider(paid.On);
        return cut;

        void Consider(DateOnly on)
        {
            if (on > start && on < cut)
                cut = on;
        }
    }

    private long Overdue(DateOnly on)
    {
        var overdue = 0L;
        foreach (var row in earlier)
        {
            if (RestDates.OnOrAfter(terms, startOn, row.DueOn) >= seenOn)
                continue;
            overdue += row.Due.Principal;
            foreach (var paid in row.Principal)
                if (paid.On <= on)
                    overdue -= paid.Money;
        }

        return overdue;
    }

    private long EarlyMoneyBy(DateOnly on, int count)
    {
        var money = 0L;
        for (var i = 0; i < count; i++)
            if (Early[i].On <= on)
                money += Early[i].Money;
        return money;
    }
}

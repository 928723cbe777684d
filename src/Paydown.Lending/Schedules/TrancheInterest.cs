using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Schedules;

/// <summary>The interest of a period during which a part of the balance was disbursed.</summary>
internal static class TrancheInterest
{
    /// <summary>The interest of a period, at least what is paid of it, without what was waived.</summary>
    public static long Of(in InstallmentState row, long balance, decimal factor) =>
        Math.Max(
            row.PlannedInterestPaid,
            Significant.ToMinor(Significant.Round(balance * factor - row.Undisbursed)) - row.Waived.Interest
        );

    /// <summary>
    /// Interest of the days of the current period before an amount was disbursed; zero if the terms do not count days.
    /// Minor units, not rounded.
    /// </summary>
    public static decimal Undisbursed(LoanTerms terms, long amount, in InstallmentState row, DateOnly on)
    {
        var days = row.DueOn.DayNumber - row.FromOn.DayNumber;
        var countsDays =
            terms.ScheduleType == ScheduleType.Cumulative
            || terms.PartialPeriodInterest
            || terms.InterestPeriod == InterestPeriod.Daily;
        if (days == 0 || !countsDays || terms.InterestFreePeriods > 0)
            return 0m;
        var factor = DayCount.Factor(terms, row.FromOn, row.DueOn);
        return amount * factor * (on.DayNumber - row.FromOn.DayNumber) / days;
    }
}

using Paydown.Lending.Amounts;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Loans;

/// <summary>Terms that tests start from.</summary>
internal static class Agreed
{
    public static readonly AllocationPolicy OldestFirst = new()
    {
        Strategy = AllocationStrategy.OldestFirst,
        Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
    };

    public static readonly AllocationPolicy DueThenInAdvance = new()
    {
        Strategy = AllocationStrategy.DueThenInAdvance,
        Due = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
        InAdvance = [Component.Principal, Component.Penalty, Component.Fee, Component.Interest],
    };

    public static readonly AllocationPolicy Advanced = new()
    {
        Strategy = AllocationStrategy.Advanced,
        Buckets =
        [
            .. from dueType in Enum.GetValues<DueType>()
            from component in (Component[])[Component.Penalty, Component.Fee, Component.Principal, Component.Interest]
            select new Bucket(dueType, component),
        ],
    };

    /// <summary>3,000.00 at 12 % flat, three months from 1 January 2023: three times 1,000.00 and 30.00.</summary>
    public static LoanTerms Flat(AllocationPolicy? allocation = null) =>
        new()
        {
            Principal = new Money(300_000, Naira),
            AnnualRatePercent = 12m,
            NumberOfInstallments = 3,
            SubmittedOn = new DateOnly(2023, 1, 1),
            InterestMethod = InterestMethod.Flat,
            Allocation = allocation ?? OldestFirst,
        };

    /// <summary>
    /// 100.00 at 7 %, six months from 1 January 2024, 30/360: five times 17.01 and 17.00; interest recalculated daily.
    /// </summary>
    public static LoanTerms Recalculated() =>
        new()
        {
            Principal = new Money(10_000, Naira),
            AnnualRatePercent = 7m,
            NumberOfInstallments = 6,
            SubmittedOn = new DateOnly(2024, 1, 1),
            ScheduleType = ScheduleType.Progressive,
            InterestPeriod = InterestPeriod.Daily,
            DaysInYear = DaysInYear.Days360,
            DaysInMonth = DaysInMonth.Days30,
            Recalculation = new InterestRecalculation(
                PreClosure.TillPreClosureDate,
                Reschedule.AdjustLastUnpaidPeriod,
                RestFrequency.Daily,
                1
            ),
            Allocation = Advanced,
        };
}

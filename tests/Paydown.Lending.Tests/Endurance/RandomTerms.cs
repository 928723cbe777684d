using Paydown.Lending.Amounts;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>Terms of every kind that can be agreed.</summary>
internal static class RandomTerms
{
    // Flat interest of more years on the largest loans would be more money than there is room for.
    private const int YearsMax = 40;

    private static readonly Component[] Components = Enum.GetValues<Component>();
    private static readonly DueType[] DueTypes = Enum.GetValues<DueType>();
    private static readonly FutureRule[] FutureRules = Enum.GetValues<FutureRule>();
    private static readonly PeriodUnit[] Units =
    [
        PeriodUnit.Days,
        PeriodUnit.Weeks,
        PeriodUnit.Months,
        PeriodUnit.Months,
        PeriodUnit.Months,
        PeriodUnit.Years,
    ];

    public static LoanTerms Of(Dice dice)
    {
        var unit = dice.Pick<PeriodUnit>(Units);
        var count = Math.Min(Installments(dice), unit == PeriodUnit.Years ? YearsMax : int.MaxValue);
        var submittedOn = new DateOnly(2019, 12, 31).AddDays(dice.Below(2_500));
        var every = unit == PeriodUnit.Days ? dice.Between(1, 45) : dice.Pick(1, 1, 1, 2, 3);
        return new LoanTerms
        {
            Principal = PrincipalOf(Currency.Of("XTS", dice.Pick(0, 2, 2, 3)), dice),
            AnnualRatePercent = dice.Pick(0m, 1m, 7m, 9.4822m, 12m, 24m, 30m, 120m, dice.Below(10_000) / 100m),
            NumberOfInstallments = count,
            RepayEvery = every,
            RepayUnit = unit,
            SubmittedOn = submittedOn,
            FirstDueOn = dice.OnceIn(8) ? submittedOn.AddDays(dice.Between(1, 70)) : null,
            GracePrincipal = dice.OnceIn(4) ? dice.Below(4) : 0,
            GraceInterest = dice.OnceIn(4) ? dice.Below(4) : 0,
            InterestFreePeriods = dice.OnceIn(4) ? dice.Below(4) : 0,
            ScheduleType = dice.Pick(ScheduleType.Cumulative, ScheduleType.Progressive),
            InterestMethod = dice.OnceIn(4) ? InterestMethod.Flat : InterestMethod.DecliningBalance,
            InterestPeriod = dice.Pick(InterestPeriod.Daily, InterestPeriod.SameAsRepaymentPeriod),
            Amortization = dice.OnceIn(3) ? Amortization.EqualPrincipal : Amortization.EqualInstallments,
            DaysInYear = dice.Pick<DaysInYear>(Enum.GetValues<DaysInYear>()),
            DaysInMonth = dice.Pick<DaysInMonth>(Enum.GetValues<DaysInMonth>()),
            MonthEnd = dice.Pick<MonthEnd>(Enum.GetValues<MonthEnd>()),
            InstallmentMultipleOf = dice.OnceIn(4) ? dice.Pick(1, 5, 100) : null,
            PartialPeriodInterest = dice.OnceIn(4),
            FullTermTranches = dice.OnceIn(4),
            DueDatesFromSubmission = dice.OnceIn(8),
            LeapDays = dice.Pick(LeapDays.OfLeapYears, LeapDays.OfPeriodWithLeapDay),
            DownPayment = dice.OnceIn(4)
                ? new DownPayment(dice.Pick(25m, 10m, 33.33m, 0.01m, 99.99m), dice.OnceIn(2))
                : null,
            Recalculation = dice.OnceIn(3) ? Recalculation(dice) : null,
            OverduePenalty = dice.OnceIn(4) ? Penalty(dice) : null,
            Allocation = Allocation(dice),
            ChargeOff = dice.Pick<ChargeOffEffect>(Enum.GetValues<ChargeOffEffect>()),
        };
    }

    private static int Installments(Dice dice) =>
        dice.Below(200) switch
        {
            0 => dice.Between(61, 360),
            < 8 => dice.Between(13, 60),
            _ => dice.Between(1, 12),
        };

    private static Money PrincipalOf(Currency currency, Dice dice) =>
        new(
            dice.Below(8) switch
            {
                0 => 1 + dice.Below(200L),
                1 => 1_000_000_000_000 + dice.Below(100_000_000_000_000L),
                _ => 1_000 + dice.Below(50_000_000L),
            },
            currency
        );

    private static InterestRecalculation Recalculation(Dice dice) =>
        new(
            dice.Pick<PreClosure>(Enum.GetValues<PreClosure>()),
            dice.Pick<Reschedule>(Enum.GetValues<Reschedule>()),
            dice.Pick<RestFrequency>(Enum.GetValues<RestFrequency>()),
            dice.Between(1, 3),
            dice.Pick<InterestBalance>(Enum.GetValues<InterestBalance>())
        );

    private static OverduePenalty Penalty(Dice dice) =>
        new(
            dice.Pick(1.5m, 5m, 0.1m, 20m),
            dice.Pick<OverduePenaltyBase>(Enum.GetValues<OverduePenaltyBase>()),
            dice.Below(6)
        )
        {
            EveryDays = dice.OnceIn(3) ? 1 + dice.Below(40) : null,
            CapPercent = dice.OnceIn(2) ? dice.Pick(2m, 10m, 100m) : null,
        };

    private static AllocationPolicy Allocation(Dice dice) =>
        new()
        {
            Strategy = dice.Pick<AllocationStrategy>(Enum.GetValues<AllocationStrategy>()),
            Order = Order(dice),
            Due = Order(dice),
            InAdvance = Order(dice),
            Buckets = Buckets(dice),
            Processing = dice.Pick<Processing>(Enum.GetValues<Processing>()),
            DefaultFutureRule = dice.Pick<FutureRule>(FutureRules),
            FutureRules = dice.OnceIn(4)
                ? new Dictionary<PaymentSource, FutureRule>
                {
                    [PaymentSource.Repayment] = dice.Pick<FutureRule>(FutureRules),
                    [PaymentSource.GoodwillCredit] = dice.Pick<FutureRule>(FutureRules),
                }
                : new Dictionary<PaymentSource, FutureRule>(),
            BucketsBySource = dice.OnceIn(4)
                ? new Dictionary<PaymentSource, IReadOnlyList<Bucket>>
                {
                    [PaymentSource.GoodwillCredit] = Buckets(dice),
                }
                : new Dictionary<PaymentSource, IReadOnlyList<Bucket>>(),
        };

    // Mostly all components; sometimes some are left out, which must lose nothing.
    private static Component[] Order(Dice dice)
    {
        var order = dice.Shuffled<Component>(Components);
        return dice.OnceIn(8) ? order[..dice.Below(4)] : order;
    }

    private static Bucket[] Buckets(Dice dice)
    {
        var buckets = new List<Bucket>(12);
        foreach (var dueType in DueTypes)
        foreach (var component in Components)
            buckets.Add(new Bucket(dueType, component));
        var shuffled = dice.OnceIn(2) ? dice.Shuffled<Bucket>([.. buckets]) : [.. buckets];
        return dice.OnceIn(8) ? shuffled[..dice.Below(12)] : shuffled;
    }
}

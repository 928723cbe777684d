using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Lending.Tests.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Schedules;

/// <summary>
/// An agreed year of 360, 364 or 365 days counts in every kind of schedule, and a month of 30 days has 30 days wherever
/// the calendar puts its end.
/// </summary>
public sealed class DayBasisTests
{
    private static readonly LoanTerms OnePeriod = Agreed.Flat() with
    {
        Principal = Kobo(1_000_00),
        AnnualRatePercent = 240m,
        NumberOfInstallments = 1,
        RepayEvery = 30,
        RepayUnit = PeriodUnit.Days,
    };

    private static readonly LoanTerms FourMonths = Agreed.Flat() with
    {
        Principal = Kobo(12_000_00),
        AnnualRatePercent = 12m,
        NumberOfInstallments = 4,
        SubmittedOn = new DateOnly(2026, 1, 30),
        InterestMethod = InterestMethod.DecliningBalance,
        InterestPeriod = InterestPeriod.Daily,
        Amortization = Amortization.EqualPrincipal,
        DaysInYear = DaysInYear.Days360,
        DaysInMonth = DaysInMonth.Days30,
    };

    [Theory]
    [InlineData(DaysInYear.Days360, 200_00)]
    [InlineData(DaysInYear.Days364, 197_80)]
    [InlineData(DaysInYear.Days365, 197_26)]
    [InlineData(DaysInYear.Actual, 197_26)]
    public void Thirty_days_at_240_percent_use_the_agreed_year(DaysInYear year, long interest)
    {
        foreach (var terms in EveryKind(OnePeriod with { DaysInYear = year }))
            Interest(terms).ShouldBe([interest], terms.ToString());
    }

    [Fact]
    public void Sixty_days_of_a_year_of_360_at_6_percent_are_1_percent()
    {
        var terms = OnePeriod with
        {
            Principal = Kobo(100_000_00),
            AnnualRatePercent = 6m,
            RepayEvery = 60,
            DaysInYear = DaysInYear.Days360,
        };
        foreach (var each in EveryKind(terms))
            Interest(each).ShouldBe([1_000_00], each.ToString());
    }

    [Theory]
    [InlineData(DaysInYear.Days360, 28_00)]
    [InlineData(DaysInYear.Days364, 27_69)]
    [InlineData(DaysInYear.Days365, 27_62)]
    public void Four_weeks_at_36_percent_use_the_agreed_year(DaysInYear year, long interest)
    {
        var terms = OnePeriod with
        {
            AnnualRatePercent = 36m,
            RepayEvery = 4,
            RepayUnit = PeriodUnit.Weeks,
            DaysInYear = year,
        };
        foreach (var each in EveryKind(terms))
            Interest(each).ShouldBe([interest], each.ToString());
    }

    [Theory]
    [InlineData(InterestMethod.Flat)]
    [InlineData(InterestMethod.DecliningBalance)]
    public void A_week_is_a_52nd_of_a_year_without_an_agreed_length(InterestMethod method) =>
        Interest(
                OnePeriod with
                {
                    AnnualRatePercent = 36m,
                    RepayEvery = 4,
                    RepayUnit = PeriodUnit.Weeks,
                    InterestMethod = method,
                }
            )
            .ShouldBe([27_69]);

    [Theory]
    [InlineData(DaysInYear.Days360)]
    [InlineData(DaysInYear.Days364)]
    [InlineData(DaysInYear.Days365)]
    [InlineData(DaysInYear.Actual)]
    public void A_month_is_a_twelfth_of_any_year_if_the_rate_is_per_period(DaysInYear year) =>
        Interest(OnePeriod with { RepayUnit = PeriodUnit.Months, RepayEvery = 1, DaysInYear = year })
            .ShouldBe([200_00]);

    [Fact]
    public void Thirty_day_installments_use_the_agreed_year()
    {
        var terms = OnePeriod with
        {
            AnnualRatePercent = 36m,
            NumberOfInstallments = 2,
            InterestMethod = InterestMethod.DecliningBalance,
            DaysInYear = DaysInYear.Days360,
        };
        Rows(terms).ShouldBe([(492_61, 30_00), (507_39, 15_22)]);
        Rows(terms with { InterestPeriod = InterestPeriod.Daily }).ShouldBe([(492_61, 30_00), (507_39, 15_22)]);
        Rows(terms with { ScheduleType = ScheduleType.Progressive }).ShouldBe([(492_61, 30_00), (507_39, 15_22)]);
    }

    [Theory]
    [InlineData(ScheduleType.Cumulative, MonthEnd.ClampToLastDay)]
    [InlineData(ScheduleType.Cumulative, MonthEnd.RollToFirst)]
    [InlineData(ScheduleType.Progressive, MonthEnd.ClampToLastDay)]
    [InlineData(ScheduleType.Progressive, MonthEnd.RollToFirst)]
    public void A_30_day_month_bears_the_same_interest_clamped_or_rolled(ScheduleType type, MonthEnd monthEnd)
    {
        for (var day = 26; day <= 31; day++)
        {
            var terms = FourMonths with
            {
                ScheduleType = type,
                MonthEnd = monthEnd,
                SubmittedOn = new DateOnly(2026, 1, day),
            };
            Interest(terms).ShouldBe([120_00, 90_00, 60_00, 30_00]);
        }
    }

    [Theory]
    [InlineData(MonthEnd.ClampToLastDay)]
    [InlineData(MonthEnd.RollToFirst)]
    public void A_30_day_month_has_30_days_if_interest_is_recalculated_daily(MonthEnd monthEnd)
    {
        var terms = FourMonths with
        {
            MonthEnd = monthEnd,
            Recalculation = new(PreClosure.TillPreClosureDate, Reschedule.ReduceEmiAmount, RestFrequency.Daily, 1),
        };
        var history = new History().Disburse("2026-01-30", 12_000_00);
        history
            .Replay(terms, "2026-01-30")
            .Installments.Select(row => row.Due.Interest)
            .ShouldBe([120_00, 90_00, 60_00, 30_00]);
        // Half of the days of a month bear half of its interest.
        var halfway = terms with
        {
            SubmittedOn = new DateOnly(2026, 4, 1),
            MonthEnd = MonthEnd.ClampToLastDay,
        };
        new History().Disburse("2026-04-01", 12_000_00).Replay(halfway, "2026-04-16").Payoff.Interest.ShouldBe(60_00);
    }

    [Theory]
    [InlineData(1, PeriodUnit.Months, 12)]
    [InlineData(3, PeriodUnit.Months, 4)]
    [InlineData(1, PeriodUnit.Years, 1)]
    public void A_year_of_30_day_months_has_360_days(int every, PeriodUnit unit, int count)
    {
        var terms = FourMonths with
        {
            SubmittedOn = new DateOnly(2026, 1, 31),
            RepayEvery = every,
            RepayUnit = unit,
            NumberOfInstallments = count,
        };
        Interest(terms with { GracePrincipal = count - 1 }).Sum().ShouldBe(1_440_00);
        Interest(terms with { GracePrincipal = count - 1, ScheduleType = ScheduleType.Progressive })
            .Sum()
            .ShouldBe(1_440_00);
        Interest(terms with { InterestMethod = InterestMethod.Flat }).Sum().ShouldBe(1_440_00);
    }

    [Fact]
    public void A_level_year_from_the_31st_bears_the_interest_of_twelve_equal_months()
    {
        var terms = FourMonths with
        {
            SubmittedOn = new DateOnly(2026, 1, 31),
            NumberOfInstallments = 12,
            Amortization = Amortization.EqualInstallments,
        };
        Interest(terms).Sum().ShouldBe(794_23);
        Interest(terms with { ScheduleType = ScheduleType.Progressive }).Sum().ShouldBe(794_23);
    }

    // From 31 January: a whole month; 14 of 31 days; two months; three; a month and 16 of 31 days.
    [Theory]
    [InlineData("2026-02-28", 120_00)]
    [InlineData("2026-02-14", 54_19)]
    [InlineData("2026-03-31", 240_00)]
    [InlineData("2026-04-30", 360_00)]
    [InlineData("2026-03-16", 181_94)]
    public void An_agreed_first_period_counts_whole_months_and_a_fraction(string firstDueOn, long interest)
    {
        var terms = FourMonths with
        {
            SubmittedOn = new DateOnly(2026, 1, 31),
            FirstDueOn = DateOnly.Parse(firstDueOn),
        };
        Interest(terms)[0].ShouldBe(interest);
        Interest(terms with { ScheduleType = ScheduleType.Progressive })[0].ShouldBe(interest);
    }

    [Fact]
    public void The_installment_accounts_for_a_longer_first_period()
    {
        var terms = FourMonths with
        {
            SubmittedOn = new DateOnly(2026, 1, 1),
            FirstDueOn = new DateOnly(2026, 2, 16),
            Amortization = Amortization.EqualInstallments,
        };
        foreach (var each in (LoanTerms[])[terms, terms with { ScheduleType = ScheduleType.Progressive }])
        {
            var totals = Rows(each).Select(row => row.Principal + row.Interest).ToArray();
            totals[..3].ShouldAllBe(total => total == totals[0]);
            Math.Abs(totals[3] - totals[0]).ShouldBeLessThan(5);
        }
    }

    private static IEnumerable<LoanTerms> EveryKind(LoanTerms terms)
    {
        foreach (var method in Enum.GetValues<InterestMethod>())
        foreach (var period in Enum.GetValues<InterestPeriod>())
        foreach (var amortization in Enum.GetValues<Amortization>())
            yield return terms with
            {
                InterestMethod = method,
                InterestPeriod = period,
                Amortization = amortization,
            };
        yield return terms with
        {
            ScheduleType = ScheduleType.Progressive,
            InterestMethod = InterestMethod.DecliningBalance,
        };
    }

    private static long[] Interest(LoanTerms terms) => [.. Rows(terms).Select(row => row.Interest)];

    private static (long Principal, long Interest)[] Rows(LoanTerms terms) =>
        [
            .. Loan.Replay(terms, [], terms.SubmittedOn)
                .Installments.Select(row => (row.Due.Principal, row.Due.Interest)),
        ];
}
